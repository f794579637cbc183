<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswerFormatEdit</name>
    <message numerus="yes">
        <source>Valid: %n field(s) become columns.</source>
        <translation>
            <numerusform>Valid: %Ln field become columns.</numerusform>
            <numerusform>Valid: %Ln fields become columns.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%Ln field</numerusform>
            <numerusform>%Ln fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CausesPanel</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry these %n</source>
        <translation>
            <numerusform>Retry this %Ln</numerusform>
            <numerusform>Retry these %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n request(s): these rows and no others</source>
        <translation>
            <numerusform>Send %Ln request: this row and no other</numerusform>
            <numerusform>Send %Ln requests: these rows and no others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) failed</source>
        <translation>
            <numerusform>%Ln row failed</numerusform>
            <numerusform>%Ln rows failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cause(s)</source>
        <translation>
            <numerusform>%Ln cause</numerusform>
            <numerusform>%Ln causes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send all %n unfinished row(s)</source>
        <translation>
            <numerusform>Send all %Ln unfinished row</numerusform>
            <numerusform>Send all %Ln unfinished rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were not sent, or cut off, when the run stopped; and those failed.</source>
        <translation>
            <numerusform>%Ln row was not sent, or cut off, when the run stopped; and those failed.</numerusform>
            <numerusform>%Ln rows were not sent, or cut off, when the run stopped; and those failed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message numerus="yes">
        <source>%n server(s) of this file are there already, with the same settings.</source>
        <translation>
            <numerusform>%Ln server of this file are there already, with the same settings.</numerusform>
            <numerusform>%Ln servers of this file are there already, with the same settings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) would be added:</source>
        <translation>
            <numerusform>%Ln server would be added:</numerusform>
            <numerusform>%Ln servers would be added:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) were written to {path}, without any key.</source>
        <translation>
            <numerusform>%Ln server was written to {path}, without any key.</numerusform>
            <numerusform>%Ln servers were written to {path}, without any key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message numerus="yes">
        <source>%n cell(s) were too long for a spreadsheet and were cut.</source>
        <translation>
            <numerusform>%Ln cell was too long for a spreadsheet and was cut.</numerusform>
            <numerusform>%Ln cells were too long for a spreadsheet and were cut.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>All %n row(s)</source>
        <translation>
            <numerusform>All %Ln row</numerusform>
            <numerusform>All %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n row(s) that the filter shows</source>
        <translation>
            <numerusform>The %Ln row that the filter shows</numerusform>
            <numerusform>The %Ln rows that the filter shows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n selected row(s)</source>
        <translation>
            <numerusform>The %Ln selected row</numerusform>
            <numerusform>The %Ln selected rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FiguresBlock</name>
    <message numerus="yes">
        <source>Sends %n request(s) more, one by one.</source>
        <translation>
            <numerusform>Sends %Ln request more, one by one.</numerusform>
            <numerusform>Sends %Ln requests more, one by one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>History</name>
    <message numerus="yes">
        <source>%n run(s) were deleted.</source>
        <translation>
            <numerusform>%Ln run was deleted.</numerusform>
            <numerusform>%Ln runs were deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message numerus="yes">
        <source>%n row(s) pasted as a table.</source>
        <translation>
            <numerusform>%Ln row pasted as a table.</numerusform>
            <numerusform>%Ln rows pasted as a table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s), one per line</source>
        <translation>
            <numerusform>%Ln name, one per line</numerusform>
            <numerusform>%Ln names, one per line</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompt(s), one per line</source>
        <translation>
            <numerusform>%Ln prompt, one per line</numerusform>
            <numerusform>%Ln prompts, one per line</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty row(s) left out</source>
        <translation>
            <numerusform>%Ln empty row left out</numerusform>
            <numerusform>%Ln empty rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasureDialog</name>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Run %Ln request</numerusform>
            <numerusform>Run %Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenTableDialog</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty row(s) left out</source>
        <translation>
            <numerusform>%Ln empty row left out</numerusform>
            <numerusform>%Ln empty rows left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %n row(s) are shown</source>
        <translation>
            <numerusform>the first row (%Ln) is shown</numerusform>
            <numerusform>the first %Ln rows are shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message numerus="yes">
        <source>Your %n row(s) have every column that this prompt uses. Shall they stay?</source>
        <translation>
            <numerusform>Your %Ln row have every column that this prompt uses. Shall they stay?</numerusform>
            <numerusform>Your %Ln rows have every column that this prompt uses. Shall they stay?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherRun</name>
    <message numerus="yes">
        <source>%n row(s) differ from “{name}” ({model}, {time}).</source>
        <translation>
            <numerusform>%Ln row differ from “{name}” ({model}, {time}).</numerusform>
            <numerusform>%Ln rows differ from “{name}” ({model}, {time}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message numerus="yes">
        <source>{placeholders} is sent as it is. Columns: {columns}</source>
        <translation>
            <numerusform>{placeholders} is sent as it is. Columns: {columns}</numerusform>
            <numerusform>{placeholders} is sent as it is. Columns: {columns}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{column} is empty in %n row(s), first in row {row}.</source>
        <translation>
            <numerusform>{column} is empty in %Ln row, first in row {row}.</numerusform>
            <numerusform>{column} is empty in %Ln rows, first in row {row}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message numerus="yes">
        <source>Copy %n row(s)</source>
        <translation>
            <numerusform>Copy %Ln row</numerusform>
            <numerusform>Copy %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send again: %n request(s)</source>
        <translation>
            <numerusform>Send again: %Ln request</numerusform>
            <numerusform>Send again: %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send again, as a new run: %n request(s)</source>
        <translation>
            <numerusform>Send again, as a new run: %Ln request</numerusform>
            <numerusform>Send again, as a new run: %Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Run %Ln request</numerusform>
            <numerusform>Run %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare with sequential: %n request(s)</source>
        <translation>
            <numerusform>Compare with sequential: %Ln request</numerusform>
            <numerusform>Compare with sequential: %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run the selected rows: %n request(s)</source>
        <translation>
            <numerusform>Run the selected rows: %Ln request</numerusform>
            <numerusform>Run the selected rows: %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send failed rows again: %n request(s)</source>
        <translation>
            <numerusform>Send failed rows again: %Ln request</numerusform>
            <numerusform>Send failed rows again: %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Go on with this run: %n request(s)</source>
        <translation>
            <numerusform>Go on with this run: %Ln request</numerusform>
            <numerusform>Go on with this run: %Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send failed and cancelled rows again: %n request(s)</source>
        <translation>
            <numerusform>Send failed and cancelled rows again: %Ln request</numerusform>
            <numerusform>Send failed and cancelled rows again: %Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>{placeholders} names no column of the input, and would be sent as it is.</source>
        <translation>
            <numerusform>{placeholders} names no column of the input, and would be sent as it is.</numerusform>
            <numerusform>{placeholders} names no column of the input, and would be sent as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answers appear here, one row each, as they come.
Press Run to send %n request(s).</source>
        <translation>
            <numerusform>The answers appear here, one row each, as they come.
Press Run to send %Ln request.</numerusform>
            <numerusform>The answers appear here, one row each, as they come.
Press Run to send %Ln requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n request(s), at most {cap} at once.</source>
        <translation>
            <numerusform>Send %Ln request, at most {cap} at once.</numerusform>
            <numerusform>Send %Ln requests, at most {cap} at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file}: %n empty row(s) were left out.</source>
        <translation>
            <numerusform>{file}: %Ln empty row was left out.</numerusform>
            <numerusform>{file}: %Ln empty rows were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableEditor</name>
    <message numerus="yes">
        <source>%n duplicate row(s) removed.</source>
        <translation>
            <numerusform>%Ln duplicate row removed.</numerusform>
            <numerusform>%Ln duplicate rows removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrialDialog</name>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Run %Ln request</numerusform>
            <numerusform>Run %Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaterfallModel</name>
    <message numerus="yes">
        <source>Back-off {backoff}, %n attempt(s)</source>
        <translation>
            <numerusform>Back-off {backoff}, %Ln attempt</numerusform>
            <numerusform>Back-off {backoff}, %Ln attempts</numerusform>
        </translation>
    </message>
</context>
</TS>
