<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ConnectionDialog</name>
    <message>
        <source>Server and API key</source>
        <translation>Serveur et clé API</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>Afficher la clé</translation>
    </message>
    <message>
        <source>The key is kept in your system&apos;s keyring and sent only to this server.</source>
        <translation>La clé est conservée dans le trousseau de votre système et n’est envoyée qu’à ce serveur.</translation>
    </message>
    <message>
        <source>This system has no usable keyring, so the key is forgotten when you quit. It is sent only to this server.</source>
        <translation>Ce système n’a pas de trousseau utilisable&#xa0;: la clé sera oubliée à la fermeture. Elle n’est envoyée qu’à ce serveur.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>URL de base</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>Clé API</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>none yet</source>
        <translation>aucune pour l’instant</translation>
    </message>
    <message>
        <source>Key for {host}: {where}.</source>
        <translation>Clé pour {host}&#xa0;: {where}.</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Names, tables and batches</source>
        <translation>Noms, tableaux et lots</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>Exporter les résultats</translation>
    </message>
    <message>
        <source>The results are in {path}.</source>
        <translation>Les résultats sont dans {path}.</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Enregistrer une image</translation>
    </message>
</context>
<context>
    <name>FiguresBlock</name>
    <message>
        <source>Sends all {count} again, one after the other.</source>
        <translation>Renvoie les {count} requêtes, une par une.</translation>
    </message>
    <message>
        <source>Compare with sequential</source>
        <translation>Comparer au séquentiel</translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation>SIMULÉ</translation>
    </message>
    <message>
        <source>These answers and times come from the built-in demo server.</source>
        <translation>Ces réponses et ces durées viennent du serveur de démonstration intégré.</translation>
    </message>
    <message>
        <source>Concurrent {wall}</source>
        <translation>Simultané {wall}</translation>
    </message>
    <message>
        <source>Sequential {wall}</source>
        <translation>Séquentiel {wall}</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simulé</translation>
    </message>
    <message>
        <source>Sequential, one by one</source>
        <translation>Séquentiel, une par une</translation>
    </message>
    <message>
        <source>Concurrent, {cap} at once</source>
        <translation>Simultané, {cap} à la fois</translation>
    </message>
    <message>
        <source>{done} of {total}, {failed} failed</source>
        <translation>{done} sur {total}, {failed} en échec</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>Wall time: from the start of the arm to the end of its last request</source>
        <translation>Durée&#xa0;: du début de la passe à la fin de sa dernière requête</translation>
    </message>
    <message>
        <source>{done} done, {failed} failed, {cancelled} cancelled of n = {total}</source>
        <translation>Terminées&#xa0;: {done}, en échec&#xa0;: {failed}, annulées&#xa0;: {cancelled}, sur n&#xa0;=&#xa0;{total}</translation>
    </message>
    <message>
        <source>Speed-up = sequential wall time ÷ concurrent wall time</source>
        <translation>Accélération = durée séquentielle ÷ durée simultanée</translation>
    </message>
    <message>
        <source>n = {n}: what succeeded in both arms; time spent on other requests alone is left out</source>
        <translation>n&#xa0;=&#xa0;{n}&#xa0;: les requêtes réussies dans les deux passes&#x202f;; le temps consacré aux seules autres requêtes n’est pas compté</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>pour l’instant</translation>
    </message>
    <message>
        <source>Sequential time so far ÷ concurrent wall time; the sequential arm is still running</source>
        <translation>Durée séquentielle pour l’instant ÷ durée simultanée&#x202f;; la passe séquentielle est encore en cours</translation>
    </message>
    <message>
        <source>Not enough data yet: both arms must run to their end</source>
        <translation>Données encore insuffisantes&#xa0;: les deux passes doivent aller à leur terme</translation>
    </message>
    <message>
        <source>Not enough data: both arms must run to their end, and a request must succeed in both</source>
        <translation>Données insuffisantes&#xa0;: les deux passes doivent aller à leur terme, et au moins une requête doit réussir dans les deux</translation>
    </message>
    <message>
        <source>no factor yet</source>
        <translation>non mesuré</translation>
    </message>
    <message>
        <source>times faster</source>
        <translation>fois plus rapide</translation>
    </message>
    <message>
        <source>slower</source>
        <translation>plus lent</translation>
    </message>
    <message>
        <source>no faster</source>
        <translation>pas plus rapide</translation>
    </message>
    <message>
        <source>of what is allowed at once</source>
        <translation>des simultanées autorisées</translation>
    </message>
    <message>
        <source>Efficiency: not enough data, it needs both arms</source>
        <translation>Efficacité&#xa0;: données insuffisantes, il faut les deux passes</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}&#x202f;%</translation>
    </message>
    <message>
        <source>of the {allowed} allowed at once</source>
        <translation>des {allowed} simultanées autorisées</translation>
    </message>
    <message>
        <source>Efficiency = speed-up ÷ min(cap, requests) = {factor} ÷ {allowed}</source>
        <translation>Efficacité = accélération ÷ min(simultanées, requêtes) = {factor} ÷ {allowed}</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n&#xa0;=&#xa0;{n}</translation>
    </message>
    <message>
        <source>at best with these answers</source>
        <translation>au mieux avec ces réponses</translation>
    </message>
    <message>
        <source>Bound: not enough data, it needs answers and the end of the arm</source>
        <translation>Borne&#xa0;: données insuffisantes, il faut des réponses et la fin de la passe</translation>
    </message>
    <message>
        <source>Bound = max(slowest request, sum of service times ÷ cap) = max({slowest}, {shared})</source>
        <translation>Borne = max(requête la plus lente, somme des temps de service ÷ simultanées) = max({slowest}, {shared})</translation>
    </message>
    <message>
        <source>in flight now</source>
        <translation>en cours actuellement</translation>
    </message>
    <message>
        <source>Requests that are sent and not yet answered in full</source>
        <translation>Requêtes envoyées dont la réponse n’est pas encore complète</translation>
    </message>
    <message>
        <source>in flight on average, {peak} at most</source>
        <translation>en cours en moyenne, {peak} au plus</translation>
    </message>
    <message>
        <source>Average in flight = sum of the times of all attempts ÷ wall time</source>
        <translation>Moyenne en cours = somme des durées de tous les essais ÷ durée de la passe</translation>
    </message>
    <message>
        <source>Source: the timestamps of this run; the server is simulated</source>
        <translation>Source&#xa0;: les horodatages de cette exécution&#x202f;; le serveur est simulé</translation>
    </message>
    <message>
        <source>Source: the timestamps of this run</source>
        <translation>Source&#xa0;: les horodatages de cette exécution</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>× {factor}</source>
        <translation>×&#xa0;{factor}</translation>
    </message>
</context>
<context>
    <name>HeadlessRun</name>
    <message>
        <source>Simulated: these answers come from the built-in demo server.</source>
        <translation>Simulé&#xa0;: ces réponses viennent du serveur de démonstration intégré.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>“{name}” was interrupted. Done and kept: {done} of {total} rows.</source>
        <translation>L’exécution «&#xa0;{name}&#xa0;» a été interrompue. Lignes terminées et conservées&#xa0;: {done} sur {total}.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>L’exécution «&#xa0;{name}&#xa0;» a été supprimée.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>HistoryDock</name>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>Rechercher dans les exécutions</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Exécutions</translation>
    </message>
    <message>
        <source>Every run is kept here, with its answers and figures.</source>
        <translation>Chaque exécution est conservée ici, avec ses réponses et ses chiffres.</translation>
    </message>
    <message>
        <source>No run has these words.</source>
        <translation>Aucune exécution ne contient ces mots.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Send the rows that have not come to an end</source>
        <translation>Envoyer les lignes qui ne sont pas arrivées à leur terme</translation>
    </message>
    <message>
        <source>Run failed rows again</source>
        <translation>Relancer les lignes en échec</translation>
    </message>
    <message>
        <source>Use its input again</source>
        <translation>Réutiliser son entrée</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>{done} of {total}, not finished</source>
        <translation>{done} sur {total}, inachevée</translation>
    </message>
    <message>
        <source>{done} of {total}, stopped</source>
        <translation>{done} sur {total}, arrêtée</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulée</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Exécution</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminées</translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation>Accélération</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>{placeholders} is sent as it is: the input has only {columns}.</source>
        <translation>{placeholders} sera envoyé tel quel&#xa0;: l’entrée ne contient que {columns}.</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tableau</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s), one per line</source>
        <translation>
            <numerusform>%Ln nom, un par ligne</numerusform>
            <numerusform>%Ln noms, un par ligne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompt(s), one per line</source>
        <translation>
            <numerusform>%Ln prompt, un par ligne</numerusform>
            <numerusform>%Ln prompts, un par ligne</numerusform>
        </translation>
    </message>
    <message>
        <source>Every row gets the same prompt: it does not use {columns}.</source>
        <translation>Toutes les lignes reçoivent le même prompt&#xa0;: il n’utilise pas {columns}.</translation>
    </message>
    <message>
        <source>Names, one per line</source>
        <translation>Noms, un par ligne</translation>
    </message>
    <message>
        <source>Type or paste names, one per line</source>
        <translation>Saisissez ou collez des noms, un par ligne</translation>
    </message>
    <message>
        <source>Prompts, one per line</source>
        <translation>Prompts, un par ligne</translation>
    </message>
    <message>
        <source>Type or paste whole prompts, one per line</source>
        <translation>Saisissez ou collez des prompts entiers, un par ligne</translation>
    </message>
    <message>
        <source>Rows of the opened table</source>
        <translation>Lignes du tableau ouvert</translation>
    </message>
    <message>
        <source>Drop a text, CSV, Excel or JSONL file here.</source>
        <translation>Déposez ici un fichier texte, CSV, Excel ou JSONL.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
        <source>Prompt for each row</source>
        <translation>Prompt de chaque ligne</translation>
    </message>
    <message>
        <source>For example: Write a greeting for {name}.</source>
        <translation>Par exemple&#xa0;: Rédigez un message de bienvenue pour {name}.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Prompt système</translation>
    </message>
    <message>
        <source>Optional: how the model should behave in all rows</source>
        <translation>Facultatif&#xa0;: comment le modèle doit se comporter pour toutes les lignes</translation>
    </message>
    <message>
        <source>Preview of row</source>
        <translation>Aperçu de la ligne</translation>
    </message>
    <message>
        <source>Row to preview</source>
        <translation>Ligne à prévisualiser</translation>
    </message>
    <message>
        <source>Preview of the filled prompt</source>
        <translation>Aperçu du prompt complété</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>queued</source>
        <translation>en file</translation>
    </message>
    <message>
        <source>waiting for the first token</source>
        <translation>attente du premier token</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>réception</translation>
    </message>
    <message>
        <source>backing off</source>
        <translation>nouvel essai</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>&amp;Export results…</source>
        <translation>&amp;Exporter les résultats…</translation>
    </message>
    <message>
        <source>Save a &amp;picture of the window…</source>
        <translation>Enregistrer une &amp;image de la fenêtre…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>E&amp;xécution</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Pri&amp;vate: keep nothing on disk</source>
        <translation>Exécution pri&amp;vée&#xa0;: ne rien conserver sur le disque</translation>
    </message>
    <message>
        <source>Server and API &amp;key…</source>
        <translation>Serveur et &amp;clé API…</translation>
    </message>
    <message>
        <source>Ask the server for its &amp;models</source>
        <translation>Demander au serveur ses &amp;modèles</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Search the results</source>
        <translation>&amp;Rechercher dans les résultats</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Panneau suivant</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>Where is the &amp;log?</source>
        <translation>Où se trouve le &amp;journal&#x202f;?</translation>
    </message>
    <message>
        <source>&amp;About Paradigm GUI</source>
        <translation>À &amp;propos de Paradigm GUI</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>{done} of {total} done</source>
        <translation>Terminées&#xa0;: {done} sur {total}</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>en échec&#xa0;: {n}</translation>
    </message>
    <message>
        <source>{n} cancelled</source>
        <translation>annulées&#xa0;: {n}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>the server asked to wait {seconds} s</source>
        <translation>le serveur demande d’attendre {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>reste environ {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>tokens&#xa0;: {n}</translation>
    </message>
    <message>
        <source>{seconds} s elapsed</source>
        <translation>temps écoulé&#xa0;: {seconds}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>ResponsePane</name>
    <message>
        <source>partial answer</source>
        <translation>réponse partielle</translation>
    </message>
    <message>
        <source>cut at the token limit</source>
        <translation>coupée à la limite de tokens</translation>
    </message>
    <message>
        <source>cut by the content filter</source>
        <translation>coupée par le filtre de contenu</translation>
    </message>
    <message>
        <source>{seconds} s service</source>
        <translation>temps de service&#xa0;: {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>The server says: {words}</source>
        <translation>Le serveur indique&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Details: {words}</source>
        <translation>Détails&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Prompt as it was sent</source>
        <translation>Prompt tel qu’envoyé</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Réponse entière</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>#</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>T. service</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>T. réponse</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation>Rang dans la liste</translation>
    </message>
    <message>
        <source>What fills the placeholder</source>
        <translation>Ce qui remplit l’emplacement du prompt</translation>
    </message>
    <message>
        <source>Where the request stands</source>
        <translation>Où en est la requête</translation>
    </message>
    <message>
        <source>The model&apos;s answer; the whole text is in the pane below</source>
        <translation>Réponse du modèle&#x202f;; le texte entier est dans le volet du dessous</translation>
    </message>
    <message>
        <source>Time to first token: seconds from sending to the first piece of the answer (streaming only)</source>
        <translation>Temps jusqu’au premier token (time to first token)&#xa0;: secondes entre l’envoi et le premier fragment de la réponse (en streaming seulement)</translation>
    </message>
    <message>
        <source>Seconds from sending to the last piece of the answer, successful attempt only</source>
        <translation>Temps de service&#xa0;: secondes entre l’envoi et le dernier fragment de la réponse, pour le seul essai réussi</translation>
    </message>
    <message>
        <source>Seconds from joining the queue to the last piece of the answer</source>
        <translation>Temps de réponse&#xa0;: secondes entre la mise en file et le dernier fragment de la réponse</translation>
    </message>
    <message>
        <source>Tokens of the answer, as the server counts them</source>
        <translation>Tokens de la réponse, comptés par le serveur</translation>
    </message>
    <message>
        <source>How many times the request was sent</source>
        <translation>Nombre d’envois de la requête</translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Search in inputs and answers</source>
        <translation>Rechercher dans les entrées et les réponses</translation>
    </message>
    <message>
        <source>Which states to show</source>
        <translation>États à afficher</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Copier les lignes</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Tous les états</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminées</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulées</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Inachevées</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Demo</source>
        <translation>Démo</translation>
    </message>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Lancer %Ln requête</numerusform>
            <numerusform>Lancer %Ln requêtes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare with sequential: %n request(s)</source>
        <translation>
            <numerusform>Comparer au séquentiel&#xa0;: %Ln requête</numerusform>
            <numerusform>Comparer au séquentiel&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try the first %n row(s)</source>
        <translation>
            <numerusform>Essayer sur %Ln ligne</numerusform>
            <numerusform>Essayer sur les %Ln premières lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>Tokens max</translation>
    </message>
    <message>
        <source>Cap</source>
        <translation>Simultanées</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Streaming</translation>
    </message>
    <message>
        <source>Server and key…</source>
        <translation>Serveur et clé…</translation>
    </message>
    <message>
        <source>Server and API key…</source>
        <translation>Serveur et clé API…</translation>
    </message>
    <message>
        <source>Server and API key</source>
        <translation>Serveur et clé API</translation>
    </message>
    <message>
        <source>Type or choose</source>
        <translation>Saisir ou choisir</translation>
    </message>
    <message>
        <source>default</source>
        <translation>défaut</translation>
    </message>
    <message>
        <source>How freely the model writes: 0 is most predictable</source>
        <translation>Liberté de rédaction du modèle&#xa0;: 0 est le plus prévisible</translation>
    </message>
    <message>
        <source>The longest answer, in tokens</source>
        <translation>Longueur maximale de la réponse, en tokens</translation>
    </message>
    <message>
        <source>The most requests in flight at once</source>
        <translation>Nombre maximal de requêtes en cours à la fois</translation>
    </message>
    <message>
        <source>on</source>
        <translation>activé</translation>
    </message>
    <message>
        <source>Answers arrive piece by piece, and the time to the first token is measured</source>
        <translation>Les réponses arrivent par fragments, et le temps jusqu’au premier token est mesuré</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>The answers appear here, one row each, as they come.
Press Run to send %n request(s).</source>
        <translation>
            <numerusform>Les réponses s’affichent ici au fur et à mesure, une par ligne.
Cliquez sur Lancer pour envoyer %Ln requête.</numerusform>
            <numerusform>Les réponses s’affichent ici au fur et à mesure, une par ligne.
Cliquez sur Lancer pour envoyer %Ln requêtes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Type or paste names on the left, or open a file. Then press Run.</source>
        <translation>Saisissez ou collez des noms à gauche, ou ouvrez un fichier. Cliquez ensuite sur Lancer.</translation>
    </message>
    <message>
        <source>Answers are simulated by the built-in demo server: nothing leaves this computer.</source>
        <translation>Les réponses sont simulées par le serveur de démonstration intégré&#xa0;: rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Add your API key…</source>
        <translation>Ajouter votre clé API…</translation>
    </message>
    <message>
        <source>Waiting for the system&apos;s keyring: it may be asking you for a password.</source>
        <translation>En attente du trousseau du système&#xa0;: il vous demande peut-être un mot de passe.</translation>
    </message>
    <message>
        <source>{what} The run is paused: make room, then press Resume.</source>
        <translation>{what} L’exécution est en pause&#xa0;: libérez de la place, puis cliquez sur Reprendre.</translation>
    </message>
    <message>
        <source>The run was stopped early. {cause}</source>
        <translation>L’exécution a été interrompue. {cause}</translation>
    </message>
    <message>
        <source>Something went wrong in this program ({kind}). Your work goes on; details are in {path}.</source>
        <translation>Une erreur s’est produite dans cette application ({kind}). Vous pouvez continuer&#x202f;; les détails sont dans {path}.</translation>
    </message>
    <message numerus="yes">
        <source>{file}: %n empty row(s) were left out.</source>
        <translation>
            <numerusform>{file}&#xa0;: %Ln ligne vide a été ignorée.</numerusform>
            <numerusform>{file}&#xa0;: %Ln lignes vides ont été ignorées.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log is in {path}. It holds no key, no prompt and no answer.</source>
        <translation>Le journal est dans {path}. Il ne contient ni clé, ni prompt, ni réponse.</translation>
    </message>
    <message>
        <source>Paradigm GUI {version}

Sends one prompt to many inputs at once, and shows what that bought.</source>
        <translation>Paradigm GUI {version}

Envoie un même prompt pour de nombreuses entrées à la fois, et montre ce que l’on y gagne.</translation>
    </message>
    <message>
        <source>About Paradigm GUI</source>
        <translation>À propos de Paradigm GUI</translation>
    </message>
</context>
<context>
    <name>TimeAxis</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>TimingPanel</name>
    <message>
        <source>Timing</source>
        <translation>Durées</translation>
    </message>
    <message>
        <source>Run the batch to see its timing here. Each request becomes a bar on one time axis, so that you can watch what sending them at once buys over sending them one by one.</source>
        <translation>Lancez le lot pour voir ses durées ici. Chaque requête devient une barre sur un même axe de temps&#xa0;: vous voyez ce que l’on gagne à les envoyer ensemble plutôt qu’une par une.</translation>
    </message>
    <message>
        <source>Waterfall of the concurrent arm</source>
        <translation>Diagramme en cascade de la passe simultanée</translation>
    </message>
    <message>
        <source>Waterfall of the sequential arm</source>
        <translation>Diagramme en cascade de la passe séquentielle</translation>
    </message>
</context>
<context>
    <name>WaterfallModel</name>
    <message>
        <source>Queue {queue}, wait {wait}, stream {stream}, back-off {backoff}</source>
        <translation>File {queue}, attente {wait}, réception {stream}, nouvel essai {backoff}</translation>
    </message>
    <message>
        <source>Service time {service}, response time {response}</source>
        <translation>Temps de service {service}, temps de réponse {response}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>outcome</name>
    <message>
        <source>{done} of {total} done</source>
        <translation>terminées&#xa0;: {done} sur {total}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation>Accélération</translation>
    </message>
    <message>
        <source>{percent} % of the {cap} allowed at once</source>
        <translation>{percent}&#x202f;% des {cap} simultanées autorisées</translation>
    </message>
    <message>
        <source>Efficiency</source>
        <translation>Efficacité</translation>
    </message>
    <message>
        <source>Results of {time}</source>
        <translation>Résultats du {time}</translation>
    </message>
    <message>
        <source>state</source>
        <translation>état</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>réponse</translation>
    </message>
    <message>
        <source>end</source>
        <translation>fin</translation>
    </message>
    <message>
        <source>error</source>
        <translation>erreur</translation>
    </message>
    <message>
        <source>server&apos;s words</source>
        <translation>message du serveur</translation>
    </message>
    <message>
        <source>response (s)</source>
        <translation>temps de réponse (s)</translation>
    </message>
    <message>
        <source>arm</source>
        <translation>passe</translation>
    </message>
    <message>
        <source>Simulated: these answers come from the built-in demo server.</source>
        <translation>Simulé&#xa0;: ces réponses viennent du serveur de démonstration intégré.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Chiffres</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>… (cut)</source>
        <translation>… (coupé)</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>queued</source>
        <translation>en file</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyée</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>en réception</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>nouvel essai</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>en échec</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>Concurrent</source>
        <translation>Simultané</translation>
    </message>
    <message>
        <source>Sequential</source>
        <translation>Séquentiel</translation>
    </message>
    <message>
        <source>The server&apos;s name is not known to the network</source>
        <translation>Le nom du serveur est inconnu du réseau</translation>
    </message>
    <message>
        <source>Check the base URL for typing errors, and your network or VPN.</source>
        <translation>Vérifiez l’orthographe de l’URL de base, ainsi que votre réseau ou votre VPN.</translation>
    </message>
    <message>
        <source>The server could not be reached</source>
        <translation>Le serveur est injoignable</translation>
    </message>
    <message>
        <source>Check the base URL and its port, and that the server is running.</source>
        <translation>Vérifiez l’URL de base et son port, et que le serveur est en marche.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation>Le certificat du serveur n’est pas approuvé</translation>
    </message>
    <message>
        <source>Ask your IT department to install your organisation&apos;s certificate authority.</source>
        <translation>Demandez à votre service informatique d’installer l’autorité de certification de votre organisation.</translation>
    </message>
    <message>
        <source>The proxy did not let the request through</source>
        <translation>Le proxy n’a pas laissé passer la requête</translation>
    </message>
    <message>
        <source>Check the proxy settings of your system (HTTPS_PROXY, NO_PROXY).</source>
        <translation>Vérifiez les réglages de proxy de votre système (HTTPS_PROXY, NO_PROXY).</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete</source>
        <translation>La connexion a été coupée avant la fin de la réponse</translation>
    </message>
    <message>
        <source>Run the row again; if it happens often, lower the cap.</source>
        <translation>Relancez la ligne&#x202f;; si cela se répète, réduisez «&#xa0;Simultanées&#xa0;».</translation>
    </message>
    <message>
        <source>The server did not accept the connection in time</source>
        <translation>Le serveur n’a pas accepté la connexion à temps</translation>
    </message>
    <message>
        <source>Check the network or VPN; if the server is busy, lower the cap.</source>
        <translation>Vérifiez le réseau ou le VPN&#x202f;; si le serveur est chargé, réduisez «&#xa0;Simultanées&#xa0;».</translation>
    </message>
    <message>
        <source>The server did not begin to answer in time</source>
        <translation>Le serveur n’a pas commencé à répondre à temps</translation>
    </message>
    <message>
        <source>The server may be overloaded: lower the cap and run the row again.</source>
        <translation>Le serveur est peut-être surchargé&#xa0;: réduisez «&#xa0;Simultanées&#xa0;» et relancez la ligne.</translation>
    </message>
    <message>
        <source>The answer stopped arriving</source>
        <translation>La réponse s’est interrompue</translation>
    </message>
    <message>
        <source>The request took longer than allowed</source>
        <translation>La requête a dépassé le temps autorisé</translation>
    </message>
    <message>
        <source>Allow more time, ask for fewer tokens, or lower the cap.</source>
        <translation>Autorisez plus de temps, demandez moins de tokens ou réduisez «&#xa0;Simultanées&#xa0;».</translation>
    </message>
    <message>
        <source>The server did not accept the request</source>
        <translation>Le serveur n’a pas accepté la requête</translation>
    </message>
    <message>
        <source>Check the model and its parameters; the server says why below.</source>
        <translation>Vérifiez le modèle et ses paramètres&#x202f;; le serveur en donne la raison ci-dessous.</translation>
    </message>
    <message>
        <source>The server does not accept the API key</source>
        <translation>Le serveur n’accepte pas la clé API</translation>
    </message>
    <message>
        <source>Enter the key again; it may have expired or been revoked.</source>
        <translation>Saisissez de nouveau la clé&#x202f;; elle a peut-être expiré ou été révoquée.</translation>
    </message>
    <message>
        <source>The API key is not allowed to do this</source>
        <translation>La clé API ne permet pas cette opération</translation>
    </message>
    <message>
        <source>Ask your administrator whether the key may use this model.</source>
        <translation>Demandez à votre administrateur si la clé donne accès à ce modèle.</translation>
    </message>
    <message>
        <source>The server does not know this model or this address</source>
        <translation>Le serveur ne connaît pas ce modèle ou cette adresse</translation>
    </message>
    <message>
        <source>The server reported a conflict</source>
        <translation>Le serveur a signalé un conflit</translation>
    </message>
    <message>
        <source>Run the row again.</source>
        <translation>Relancez la ligne.</translation>
    </message>
    <message>
        <source>The server could not process the request</source>
        <translation>Le serveur n’a pas pu traiter la requête</translation>
    </message>
    <message>
        <source>Check the prompt and the parameters; the server says why below.</source>
        <translation>Vérifiez le prompt et les paramètres&#x202f;; le serveur en donne la raison ci-dessous.</translation>
    </message>
    <message>
        <source>The server asked for fewer requests</source>
        <translation>Le serveur demande moins de requêtes</translation>
    </message>
    <message>
        <source>Lower the cap or the requests per minute, then run the row again.</source>
        <translation>Réduisez «&#xa0;Simultanées&#xa0;» ou le nombre de requêtes par minute, puis relancez la ligne.</translation>
    </message>
    <message>
        <source>The server is under maintenance</source>
        <translation>Le serveur est en maintenance</translation>
    </message>
    <message>
        <source>Come back later; nothing on your side is wrong.</source>
        <translation>Revenez plus tard&#x202f;; le problème ne vient pas de vous.</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>Le serveur a rencontré une erreur</translation>
    </message>
    <message>
        <source>Run the row again; if it keeps happening, tell the server&apos;s administrator.</source>
        <translation>Relancez la ligne&#x202f;; si cela persiste, prévenez l’administrateur du serveur.</translation>
    </message>
    <message>
        <source>Run the row again; if it keeps happening, try another model.</source>
        <translation>Relancez la ligne&#x202f;; si cela persiste, essayez un autre modèle.</translation>
    </message>
    <message>
        <source>{path}: the saved endpoints cannot be read. Repair or remove the file.</source>
        <translation>{path}&#xa0;: les serveurs enregistrés ne peuvent pas être lus. Réparez ou supprimez le fichier.</translation>
    </message>
    <message>
        <source>{path}: the field “{field}” has a wrong value (expected: {expected}).</source>
        <translation>{path}&#xa0;: la valeur du champ «&#xa0;{field}&#xa0;» est incorrecte (valeur attendue&#xa0;: {expected}).</translation>
    </message>
    <message>
        <source>The API key contains spaces, line breaks or accents. Copy the key again, and nothing else.</source>
        <translation>La clé API contient des espaces, des retours à la ligne ou des accents. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>An API key has at most {most} characters, and this is longer. Copy the key again, and nothing else.</source>
        <translation>Une clé API compte au plus {most} caractères, et celle-ci est plus longue. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>The base URL “{value}” contains spaces or line breaks.</source>
        <translation>L’URL de base «&#xa0;{value}&#xa0;» contient des espaces ou des retours à la ligne.</translation>
    </message>
    <message>
        <source>The base URL “{value}” lacks the name of a server.</source>
        <translation>Il manque le nom du serveur dans l’URL de base «&#xa0;{value}&#xa0;».</translation>
    </message>
    <message>
        <source>The base URL must not contain a user name or a password. Enter the API key in its own field.</source>
        <translation>L’URL de base ne doit contenir ni nom d’utilisateur ni mot de passe. Saisissez la clé API dans le champ prévu.</translation>
    </message>
    <message>
        <source>{path} contains nothing to send.</source>
        <translation>{path} ne contient rien à envoyer.</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} n’existe pas.</translation>
    </message>
    <message>
        <source>The input is not the one that was run: {what}. Start a new run instead.</source>
        <translation>L’entrée n’est pas celle de cette exécution&#xa0;: {what}. Lancez plutôt une nouvelle exécution.</translation>
    </message>
    <message>
        <source>{path}: you do not have permission for that.</source>
        <translation>{path}&#xa0;: vous n’avez pas les droits nécessaires.</translation>
    </message>
    <message>
        <source>There is nothing to send yet. Enter names or prompts, one per line.</source>
        <translation>Il n’y a encore rien à envoyer. Saisissez des noms ou des prompts, un par ligne.</translation>
    </message>
    <message>
        <source>The server handles about {at_a_time} requests at a time: one took {alone_s} s alone and {loaded_s} s among the others (means of {n}).</source>
        <translation>Le serveur traite environ {at_a_time} requêtes à la fois&#xa0;: une requête a pris {alone_s}&#xa0;s seule et {loaded_s}&#xa0;s parmi les autres (moyennes sur {n}).</translation>
    </message>
    <message>
        <source>Your cap is the limit: on average, {mean_in_flight} of {cap} slots were busy.</source>
        <translation>Votre réglage «&#xa0;Simultanées&#xa0;» est la limite&#xa0;: en moyenne, {mean_in_flight} places sur {cap} étaient occupées.</translation>
    </message>
    <message>
        <source>This computer itself was busy: the program reacted up to {lag_p99_s} s late (p99).</source>
        <translation>Cet ordinateur était lui-même chargé&#xa0;: l’application a réagi avec un retard allant jusqu’à {lag_p99_s}&#xa0;s (p99).</translation>
    </message>
    <message>
        <source>The server points to another address</source>
        <translation>Le serveur renvoie vers une autre adresse</translation>
    </message>
    <message>
        <source>Choose a model from the list, and check the base URL: Paradigm’s ends in /api/v2.</source>
        <translation>Choisissez un modèle dans la liste et vérifiez l’URL de base&#xa0;: celle de Paradigm se termine par /api/v2.</translation>
    </message>
    <message>
        <source>Enter the right base URL; redirects are not followed, to keep the key on one host.</source>
        <translation>Saisissez la bonne URL de base&#x202f;; les redirections ne sont pas suivies, afin que la clé reste sur un seul serveur.</translation>
    </message>
    <message>
        <source>The server refused the request</source>
        <translation>Le serveur a refusé la requête</translation>
    </message>
    <message>
        <source>The server says why below.</source>
        <translation>Le serveur en donne la raison ci-dessous.</translation>
    </message>
    <message>
        <source>What answered is not a chat completion API</source>
        <translation>La réponse ne vient pas d’une API de type «&#xa0;chat completion&#xa0;»</translation>
    </message>
    <message>
        <source>Check the base URL: it may lack its path (such as /api/v2) or lead to a login page.</source>
        <translation>Vérifiez l’URL de base&#xa0;: il y manque peut-être le chemin (par exemple /api/v2), ou elle mène à une page de connexion.</translation>
    </message>
    <message>
        <source>The server sent an answer without any choice</source>
        <translation>Le serveur a envoyé une réponse sans aucun choix («&#xa0;choices&#xa0;»)</translation>
    </message>
    <message>
        <source>The answer ended before it was finished</source>
        <translation>La réponse s’est arrêtée avant la fin</translation>
    </message>
    <message>
        <source>Run the row again; what had arrived is kept.</source>
        <translation>Relancez la ligne&#x202f;; ce qui était arrivé est conservé.</translation>
    </message>
    <message>
        <source>The server sent something that cannot be read</source>
        <translation>Le serveur a envoyé des données illisibles</translation>
    </message>
    <message>
        <source>The server reported an error in the middle of the answer</source>
        <translation>Le serveur a signalé une erreur au milieu de la réponse</translation>
    </message>
    <message>
        <source>Run the row again; the server says why below.</source>
        <translation>Relancez la ligne&#x202f;; le serveur en donne la raison ci-dessous.</translation>
    </message>
    <message>
        <source>Something went wrong in this program</source>
        <translation>Une erreur s’est produite dans cette application</translation>
    </message>
    <message>
        <source>Details are in the log; please report it.</source>
        <translation>Les détails sont dans le journal&#x202f;; merci de la signaler.</translation>
    </message>
    <message>
        <source>{path}: line {line} is not valid JSON.</source>
        <translation>{path}&#xa0;: la ligne {line} n’est pas du JSON valide.</translation>
    </message>
    <message>
        <source>{path}: a quotation mark opened at line {line} is not closed.</source>
        <translation>{path}&#xa0;: un guillemet ouvert à la ligne {line} n’est pas refermé.</translation>
    </message>
    <message>
        <source>{path}: not a readable spreadsheet. It may be damaged or protected by a password.</source>
        <translation>{path}&#xa0;: ce classeur est illisible. Il est peut-être endommagé ou protégé par un mot de passe.</translation>
    </message>
    <message>
        <source>The API key is empty.</source>
        <translation>La clé API est vide.</translation>
    </message>
    <message>
        <source>The base URL is empty.</source>
        <translation>L’URL de base est vide.</translation>
    </message>
    <message>
        <source>The base URL “{value}” must begin with https:// or http://.</source>
        <translation>L’URL de base «&#xa0;{value}&#xa0;» doit commencer par https:// ou http://.</translation>
    </message>
    <message>
        <source>The base URL “{value}” has a wrong port or address.</source>
        <translation>Le port ou l’adresse de l’URL de base «&#xa0;{value}&#xa0;» est incorrect.</translation>
    </message>
    <message>
        <source>The proxy or certificate settings of this system cannot be used: {reason}. Check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.</source>
        <translation>Les réglages de proxy ou de certificats de ce système sont inutilisables&#xa0;: {reason}. Vérifiez HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE et SSL_CERT_DIR.</translation>
    </message>
    <message>
        <source>Something went wrong in this program; details are in {path}.</source>
        <translation>Une erreur s’est produite dans cette application&#x202f;; les détails sont dans {path}.</translation>
    </message>
    <message>
        <source>{option} cannot be {value} (expected: {expected}).</source>
        <translation>{option} ne peut pas valoir {value} (valeur attendue&#xa0;: {expected}).</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} ne peut pas être lu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>{path} ne peut pas être écrit&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>{path}: a cell near line {line} is longer than {limit} characters.</source>
        <translation>{path}&#xa0;: une cellule proche de la ligne {line} dépasse {limit} caractères.</translation>
    </message>
    <message>
        <source>The demo server did not start. {reason}</source>
        <translation>Le serveur de démonstration n’a pas démarré. {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written: the disk is full.</source>
        <translation>{path} ne peut pas être écrit&#xa0;: le disque est plein.</translation>
    </message>
    <message>
        <source>{path} is too large to be read.</source>
        <translation>{path} est trop volumineux pour être lu.</translation>
    </message>
    <message>
        <source>{path} cannot be written: its folder does not exist.</source>
        <translation>{path} ne peut pas être écrit&#xa0;: son dossier n’existe pas.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a file.</source>
        <translation>{path} est un dossier, pas un fichier.</translation>
    </message>
    <message>
        <source>{path}: the field “{field}” looks like an API key. Remove it: a batch file is passed on to others.</source>
        <translation>{path}&#xa0;: le champ «&#xa0;{field}&#xa0;» ressemble à une clé API. Retirez-le&#xa0;: un fichier de lot se transmet à d’autres personnes.</translation>
    </message>
    <message>
        <source>There is no screen, and nothing to do without one. Name a file, or try: {example}</source>
        <translation>Il n’y a pas d’écran, et rien à faire sans écran. Indiquez un fichier ou essayez&#xa0;: {example}</translation>
    </message>
    <message>
        <source>No API key for {host}. Add one in the window, or set PARADIGM_API_KEY.</source>
        <translation>Aucune clé API pour {host}. Ajoutez-en une dans la fenêtre ou définissez PARADIGM_API_KEY.</translation>
    </message>
    <message>
        <source>No model is chosen. Choose or type one.</source>
        <translation>Aucun modèle n’est choisi. Choisissez-en ou saisissez-en un.</translation>
    </message>
    <message>
        <source>{host} offers no chat model. Name one with --model.</source>
        <translation>{host} ne propose aucun modèle de chat. Indiquez-en un avec --model.</translation>
    </message>
    <message>
        <source>The prompt is empty. Write what to ask for each row.</source>
        <translation>Le prompt est vide. Écrivez ce qu’il faut demander pour chaque ligne.</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file.</source>
        <translation>{path} n’est pas un fichier ordinaire.</translation>
    </message>
    <message>
        <source>{path} is not a text file.</source>
        <translation>{path} n’est pas un fichier texte.</translation>
    </message>
    <message>
        <source>{path}: line {line} has {cells} cells, but there are {columns} columns.</source>
        <translation>{path}&#xa0;: la ligne {line} n’a pas autant de cellules ({cells}) que le tableau a de colonnes ({columns}).</translation>
    </message>
    <message>
        <source>There is no such run, or it was deleted.</source>
        <translation>Cette exécution n’existe pas, ou elle a été supprimée.</translation>
    </message>
    <message>
        <source>There is no unfinished run to go on with.</source>
        <translation>Il n’y a aucune exécution inachevée à reprendre.</translation>
    </message>
    <message>
        <source>“{name}” is being run in another window of this program.</source>
        <translation>L’exécution «&#xa0;{name}&#xa0;» est en cours dans une autre fenêtre de cette application.</translation>
    </message>
    <message>
        <source>{path}: the kept runs are damaged. The file is set aside at the next start.</source>
        <translation>{path}&#xa0;: les exécutions conservées sont endommagées. Le fichier sera mis de côté au prochain démarrage.</translation>
    </message>
    <message>
        <source>{path}: the kept runs are damaged and in use. Close the other windows of this program first.</source>
        <translation>{path}&#xa0;: les exécutions conservées sont endommagées et en cours d’utilisation. Fermez d’abord les autres fenêtres de cette application.</translation>
    </message>
    <message>
        <source>{host}: {what}. {remedy} {words}</source>
        <translation>{host}&#xa0;: {what}. {remedy} {words}</translation>
    </message>
    <message>
        <source>There are more than {limit} cells; split the table.</source>
        <translation>Il y a plus de {limit} cellules&#x202f;; divisez le tableau.</translation>
    </message>
    <message>
        <source>There are more than {limit} columns.</source>
        <translation>Il y a plus de {limit} colonnes.</translation>
    </message>
    <message>
        <source>There are more than {limit} rows; split the table.</source>
        <translation>Il y a plus de {limit} lignes&#x202f;; divisez le tableau.</translation>
    </message>
    <message>
        <source>There is no endpoint named “{name}”. Known: {known}.</source>
        <translation>Aucun serveur ne s’appelle «&#xa0;{name}&#xa0;». Serveurs connus&#xa0;: {known}.</translation>
    </message>
    <message>
        <source>{path}: the field “{field}” is not known.</source>
        <translation>{path}&#xa0;: le champ «&#xa0;{field}&#xa0;» est inconnu.</translation>
    </message>
    <message>
        <source>The prompt uses {unknown}, but the input has only {known}.</source>
        <translation>Le prompt utilise {unknown}, mais l’entrée ne contient que {known}.</translation>
    </message>
    <message>
        <source>{path}: files ending in “{suffix}” cannot be used here (known: {known}).</source>
        <translation>{path}&#xa0;: les fichiers «&#xa0;{suffix}&#xa0;» ne peuvent pas être utilisés ici (formats connus&#xa0;: {known}).</translation>
    </message>
    <message>
        <source>{path} was made by a newer version of this program.</source>
        <translation>{path} provient d’une version plus récente de cette application.</translation>
    </message>
    <message>
        <source>{path}: the picture could not be written.</source>
        <translation>{path}&#xa0;: l’image n’a pas pu être enregistrée.</translation>
    </message>
    <message>
        <source>the rows are different</source>
        <translation>les lignes sont différentes</translation>
    </message>
    <message>
        <source>the prompt is different</source>
        <translation>le prompt est différent</translation>
    </message>
    <message>
        <source>the model, its parameters or the system prompt are different</source>
        <translation>le modèle, ses paramètres ou le prompt système sont différents</translation>
    </message>
    <message>
        <source>Not enough data to say why: {n} answers, at least {needed} are needed.</source>
        <translation>Pas assez de réponses pour expliquer ce résultat&#xa0;: {n}, pour un minimum de {needed}.</translation>
    </message>
    <message>
        <source>On average, {mean_in_flight} of {cap} slots were busy: the cap or the server is the limit. Only a comparison with sequential can tell which.</source>
        <translation>En moyenne, {mean_in_flight} places sur {cap} étaient occupées&#xa0;: la limite est «&#xa0;Simultanées&#xa0;» ou le serveur. Seule une comparaison au séquentiel permet de trancher.</translation>
    </message>
    <message>
        <source>Your limit of {rate} requests per minute set the pace.</source>
        <translation>Votre limite de {rate} requêtes par minute a fixé le rythme.</translation>
    </message>
    <message>
        <source>All {rows} rows were sent at once, so a higher cap than {cap} would change nothing.</source>
        <translation>Toutes les lignes ({rows}) sont parties en même temps&#xa0;: porter «&#xa0;Simultanées&#xa0;» au-delà de {cap} ne changerait rien.</translation>
    </message>
    <message>
        <source>One slow request held up the end: {slowest_s} s, against a median of {median_s} s.</source>
        <translation>Une requête lente a retardé la fin&#xa0;: {slowest_s}&#xa0;s, pour une médiane de {median_s}&#xa0;s.</translation>
    </message>
    <message>
        <source>The server limited the rate: it refused {refused} attempts within {wall_s} s.</source>
        <translation>Le serveur a limité le débit, avec {refused} refus en {wall_s}&#xa0;s.</translation>
    </message>
    <message>
        <source>{retries} attempts had to be repeated.</source>
        <translation>Nombre d’essais qu’il a fallu recommencer&#xa0;: {retries}.</translation>
    </message>
    <message>
        <source>from PARADIGM_API_KEY</source>
        <translation>lue dans PARADIGM_API_KEY</translation>
    </message>
    <message>
        <source>kept in the system&apos;s keyring</source>
        <translation>conservée dans le trousseau du système</translation>
    </message>
    <message>
        <source>for this session only: no usable keyring</source>
        <translation>pour cette session seulement, faute de trousseau utilisable</translation>
    </message>
    <message>
        <source>retry in {seconds} s</source>
        <translation>essai dans {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}&#xa0;: {value}</translation>
    </message>
    <message>
        <source>There is no screen: going on without a window.</source>
        <translation>Il n’y a pas d’écran&#xa0;: l’exécution se fait sans fenêtre.</translation>
    </message>
    <message>
        <source>The kept runs could not be read: the file is damaged. It is set aside as {path}.</source>
        <translation>Les exécutions conservées n’ont pas pu être lues&#xa0;: le fichier est endommagé. Il a été mis de côté sous {path}.</translation>
    </message>
    <message>
        <source>The kept runs were made by a newer version of this program. They are set aside as {path}.</source>
        <translation>Les exécutions conservées proviennent d’une version plus récente de cette application. Elles ont été mises de côté sous {path}.</translation>
    </message>
    <message>
        <source>There was a file of another program in the place of the kept runs. It is set aside as {path}.</source>
        <translation>À la place des exécutions conservées se trouvait un fichier d’une autre application. Il a été mis de côté sous {path}.</translation>
    </message>
    <message>
        <source>Runs are not kept: {why}</source>
        <translation>Les exécutions ne sont pas conservées&#xa0;: {why}</translation>
    </message>
</context>
</TS>
