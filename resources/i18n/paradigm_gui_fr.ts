<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectionDialog</name>
    <message>
        <source>Server and API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept in your system&apos;s keyring and sent only to this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no usable keyring, so the key is forgotten when you quit. It is sent only to this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FiguresBlock</name>
    <message>
        <source>Sends all {count} again, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with sequential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These answers and times come from the built-in demo server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concurrent {wall}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequential {wall}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequential, one by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concurrent, {cap} at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}, {failed} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wall time: from the start of the arm to the end of its last request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} done, {failed} failed, {cancelled} cancelled of n = {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed-up = sequential wall time ÷ concurrent wall time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n = {n}: what succeeded in both arms; time spent on other requests alone is left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequential time so far ÷ concurrent wall time; the sequential arm is still running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not enough data yet: both arms must run to their end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not enough data: both arms must run to their end, and a request must succeed in both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>times faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of what is allowed at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Efficiency: not enough data, it needs both arms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the {allowed} allowed at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Efficiency = speed-up ÷ min(cap, requests) = {factor} ÷ {allowed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at best with these answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bound: not enough data, it needs answers and the end of the arm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bound = max(slowest request, sum of service times ÷ cap) = max({slowest}, {shared})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in flight now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests that are sent and not yet answered in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in flight on average, {peak} at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average in flight = sum of the times of all attempts ÷ wall time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: the timestamps of this run; the server is simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: the timestamps of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× {factor}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeadlessRun</name>
    <message>
        <source>Simulated: these answers come from the built-in demo server.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message numerus="yes">
        <source>%n name(s), one a line</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompt(s), one a line</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{placeholders} is sent as it is: the input has only {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every row gets the same prompt: it uses no {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or paste names, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or paste whole prompts, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the opened table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a text, CSV, Excel or JSONL file here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt for each row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: Write a greeting for {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optional: how the model should behave in all rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row to preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of the filled prompt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for the first token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>streaming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>backing off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export results…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a &amp;picture of the window…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server and API &amp;key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the server for its &amp;models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the &amp;log?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Paradigm GUI</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>{done} of {total} done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s elapsed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResponsePane</name>
    <message>
        <source>partial answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut at the token limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut by the content filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server says: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt as it was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fills the placeholder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the request stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s answer; the whole text is in the pane below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to first token: seconds from sending to the first piece of the answer (streaming only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds from sending to the last piece of the answer, successful attempt only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds from joining the queue to the last piece of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of the answer, as the server counts them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the request was sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>{shown} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in inputs and answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which states to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare with sequential: %n request(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server and key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server and API key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server and API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server’s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How freely the model writes: 0 is most predictable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The longest answer, in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most requests in flight at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers arrive piece by piece, and the time to the first token is measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>The answers appear here, one row each, as they come.
Press Run to send %n request(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Type or paste names on the left, or open a file. Then press Run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers are simulated by the built-in demo server: nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add your API key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was ended early. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in this program ({kind}). Your work goes on; details are in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{file}: %n empty row(s) were left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Export results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The results are in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key for {host}: {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log is in {path}. It holds no key, no prompt and no answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paradigm GUI {version}

Sends one prompt to many inputs at once, and shows what that bought.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Paradigm GUI</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimeAxis</name>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimingPanel</name>
    <message>
        <source>Timing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the batch to see its timing here. Each request becomes a bar on one time axis, so that you can watch what sending them at once buys over sending them one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waterfall of the concurrent arm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waterfall of the sequential arm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WaterfallModel</name>
    <message>
        <source>Queue {queue}, wait {wait}, stream {stream}, back-off {backoff}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service time {service}, response time {response}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>outcome</name>
    <message>
        <source>{done} of {total} done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} % of the {cap} at once that were allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Efficiency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server&apos;s words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>response (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated: these answers come from the built-in demo server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… (cut)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>streaming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concurrent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s name is not known to the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL for typing errors, and your network or VPN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL and its port, and that the server is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask your IT department to install your organisation&apos;s certificate authority.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not let the request through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy settings of your system (HTTPS_PROXY, NO_PROXY).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again; if it happens often, lower the cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the connection in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network or VPN; if the server is busy, lower the cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not begin to answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may be overloaded: lower the cap and run the row again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer stopped arriving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request took longer than allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow more time, ask for fewer tokens, or lower the cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the model and its parameters; the server says why below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not accept the API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the key again; it may have expired or been revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key is not allowed to do this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask your administrator whether the key may use this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not know this model or this address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model from the list, and check the path of the base URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server reported a conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not process the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the prompt and the parameters; the server says why below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asked for fewer requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the cap or the requests per minute, then run the row again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is under maintenance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Come back later; nothing on your side is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again; if it goes on, tell the server&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server points to another address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the right base URL; redirects are not followed, to keep the key on one host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refused the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server says why below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered is not a chat completion API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL: it may lack its path (such as /api/v2) or lead to a login page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent an answer without any choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again; if it goes on, try another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer ended before it was finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again; what had arrived is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent something that cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server reported an error in the middle of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the row again; the server says why below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details are in the log; please report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the saved endpoints cannot be read. Mend or remove the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the field “{field}” is not as it should be (expected: {expected}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: line {line} is not valid JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: a quotation mark opened at line {line} is not closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: not a readable spreadsheet. It may be damaged or protected by a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key has spaces, line breaks or accents in it. Copy it again, alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is longer than an API key can be ({most} characters). Copy the key again, alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL “{value}” has spaces or line breaks in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL “{value}” must begin with https:// or http://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL “{value}” names no server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL “{value}” has a wrong port or address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL must not hold a user name or password. Enter the API key by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} cannot be {value} (expected: {expected}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: a cell near line {line} is longer than {limit} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo server did not start. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: the disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is nothing in it to send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is too large to be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: its folder does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a folder, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the field “{field}” looks like an API key. Remove it: a batch file is passed on to others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen, and nothing to do without one. Name a file, or try: {example}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No API key for {host}. Add one in the window, or set PARADIGM_API_KEY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is chosen. Choose or type one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} offers no chat model. Name one with --model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: you have no permission for that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to send yet. Enter names or prompts, one a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt is empty. Write what to ask for each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version keeps no runs yet, so there is none to go on with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a text file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: line {line} has {cells} cells, but there are {columns} columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host}: {what}. {remedy} {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more than {limit} cells; split the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more than {limit} columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more than {limit} rows; split the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no endpoint named “{name}”. Known: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the field “{field}” is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt uses {unknown}, but the input has only {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: files ending in “{suffix}” cannot be used here (known: {known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was made by a newer version of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the picture could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not enough data to say why: {n} answers, at least {needed} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does the work of about {at_a_time} requests at a time: one took {alone_s} s alone and {loaded_s} s among the others (means of {n}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your cap is the limit: {mean_in_flight} of {cap} slots were busy all the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {rows} rows were sent at once, so a higher cap than {cap} would change nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One slow request held up the end: {slowest_s} s, against a median of {median_s} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server limited the rate: it refused {refused} attempts within {wall_s} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{retries} attempts had to be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer itself was busy: this program reacted up to {lag_p99_s} s late (p99).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from PARADIGM_API_KEY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept in the system&apos;s keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for this session only: no usable keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retry in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen: going on without a window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
