<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>InputPanel</name>
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
        <source>Try the first %n row(s)</source>
        <translation>
            <numerusform>Try %Ln row</numerusform>
            <numerusform>Try the first %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
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
        <source>{file}: %n empty row(s) were left out.</source>
        <translation>
            <numerusform>{file}: %Ln empty row was left out.</numerusform>
            <numerusform>{file}: %Ln empty rows were left out.</numerusform>
        </translation>
    </message>
</context>
</TS>
