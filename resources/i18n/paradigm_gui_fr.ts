<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AdvancedPage</name>
    <message>
        <source>Check the server&apos;s certificate</source>
        <translation>Vérifier le certificat du serveur</translation>
    </message>
    <message>
        <source>none: those of the system are enough</source>
        <translation>aucun&#xa0;: les autorités du système suffisent</translation>
    </message>
    <message>
        <source>none</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>déjà enregistré</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>Authority file</source>
        <translation>Fichier d’autorité</translation>
    </message>
    <message>
        <source>The file of your organisation&apos;s certificate authority (PEM), if it has one.</source>
        <translation>Le fichier (PEM) de l’autorité de certification de votre organisation, si elle en a une.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Extras</source>
        <translation>Divers</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>En-têtes</translation>
    </message>
    <message>
        <source>JSON fields</source>
        <translation>champs JSON</translation>
    </message>
    <message>
        <source>Header of the key</source>
        <translation>En-tête de la clé</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Value of the secret header</source>
        <translation>Valeur de l’en-tête secret</translation>
    </message>
    <message>
        <source>Secret header</source>
        <translation>En-tête secret</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Highest cap</source>
        <translation>Simultanées max</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Requêtes par minute</translation>
    </message>
    <message>
        <source>A run never goes beyond these, whatever else is set.</source>
        <translation>Une exécution ne les dépasse jamais, quels que soient les autres réglages.</translation>
    </message>
    <message>
        <source>Choose a certificate authority</source>
        <translation>Choisir une autorité de certification</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der)</source>
        <translation>Certificats (*.pem *.crt *.cer *.der)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>AnswerFormatEdit</name>
    <message>
        <source>not valid</source>
        <translation>non valide</translation>
    </message>
    <message>
        <source>Optional: a JSON schema that each answer is checked against.</source>
        <translation>Facultatif&#xa0;: un schéma JSON auquel chaque réponse est comparée.</translation>
    </message>
    <message numerus="yes">
        <source>Valid: %n field(s) become columns.</source>
        <translation>
            <numerusform>Valide&#xa0;: %Ln champ devient une colonne.</numerusform>
            <numerusform>Valide&#xa0;: %Ln champs deviennent des colonnes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Valid, but it names no fields to become columns.</source>
        <translation>Valide, mais ne nomme aucun champ à présenter en colonne.</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%Ln champ</numerusform>
            <numerusform>%Ln champs</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer format</source>
        <translation>Format de réponse</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Exemple</translation>
    </message>
    <message>
        <source>Put an example in the place of this; undo brings it back</source>
        <translation>Remplace ce texte par un exemple&#x202f;; «&#xa0;Annuler&#xa0;» le rétablit</translation>
    </message>
</context>
<context>
    <name>AnswerPair</name>
    <message>
        <source>Long and very different: more may be marked than differs.</source>
        <translation>Longues et très différentes&#xa0;: le marquage est peut-être trop large.</translation>
    </message>
    <message>
        <source>Only spaces and line breaks differ.</source>
        <translation>Seuls des espaces et retours à la ligne diffèrent.</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>This run does not have this row.</source>
        <translation>Cette exécution ne contient pas cette ligne.</translation>
    </message>
    <message>
        <source>Whole answer of A</source>
        <translation>Réponse entière de A</translation>
    </message>
    <message>
        <source>Whole answer of B</source>
        <translation>Réponse entière de B</translation>
    </message>
</context>
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
    <name>CausesPanel</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>The details differ from row to row.</source>
        <translation>Les détails varient d’une ligne à l’autre.</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>«&#xa0;{words}&#xa0;»</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>Show these rows alone</source>
        <translation>Afficher seulement ces lignes</translation>
    </message>
    <message numerus="yes">
        <source>Retry these %n</source>
        <translation>
            <numerusform>Relancer %Ln ligne</numerusform>
            <numerusform>Relancer %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n request(s): these rows and no others</source>
        <translation>
            <numerusform>Envoyer %Ln requête&#xa0;: cette ligne et aucune autre</numerusform>
            <numerusform>Envoyer %Ln requêtes&#xa0;: ces lignes et aucune autre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) failed</source>
        <translation>
            <numerusform>%Ln ligne en échec</numerusform>
            <numerusform>%Ln lignes en échec</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cause(s)</source>
        <translation>
            <numerusform>%Ln cause</numerusform>
            <numerusform>%Ln causes</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the causes</source>
        <translation>Masquer les causes</translation>
    </message>
    <message>
        <source>Show the causes</source>
        <translation>Afficher les causes</translation>
    </message>
    <message numerus="yes">
        <source>Send all %n unfinished row(s)</source>
        <translation>
            <numerusform>Envoyer %Ln ligne inachevée</numerusform>
            <numerusform>Envoyer les %Ln lignes inachevées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were not sent, or cut off, when the run stopped; and those failed.</source>
        <translation>
            <numerusform>%Ln ligne non envoyée ou interrompue à l’arrêt de l’exécution&#x202f;; plus les lignes en échec.</numerusform>
            <numerusform>%Ln lignes non envoyées ou interrompues à l’arrêt de l’exécution&#x202f;; plus les lignes en échec.</numerusform>
        </translation>
    </message>
    <message>
        <source>Why rows failed</source>
        <translation>Causes des échecs</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>This is drawn as soon as the run has ended and is measured.</source>
        <translation>Le graphique sera tracé dès que l’exécution sera terminée et mesurée.</translation>
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
        <source>Source: the timestamps of this run; the server is simulated</source>
        <translation>Source&#xa0;: les horodatages de cette exécution&#x202f;; le serveur est simulé</translation>
    </message>
    <message>
        <source>Source: the timestamps of this run</source>
        <translation>Source&#xa0;: les horodatages de cette exécution</translation>
    </message>
    <message>
        <source>Sequential</source>
        <translation>Séquentiel</translation>
    </message>
    <message>
        <source>Concurrent, {cap} at once</source>
        <translation>Simultané, {cap} à la fois</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}&#x202f;%</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>usage: </source>
        <translation>utilisation&#xa0;: </translation>
    </message>
    <message>
        <source>positional arguments</source>
        <translation>arguments</translation>
    </message>
    <message>
        <source>options</source>
        <translation>options</translation>
    </message>
    <message>
        <source>show this help message and exit</source>
        <translation>afficher cette aide et quitter</translation>
    </message>
    <message>
        <source>argument %(argument_name)s: %(message)s</source>
        <translation>argument %(argument_name)s&#xa0;: %(message)s</translation>
    </message>
    <message>
        <source>expected one argument</source>
        <translation>une valeur est attendue</translation>
    </message>
    <message>
        <source>ignored explicit argument %r</source>
        <translation>la valeur %r n’est pas admise ici</translation>
    </message>
    <message>
        <source>invalid choice: %(value)r (choose from %(choices)s)</source>
        <translation>choix non valable&#xa0;: %(value)r (au choix&#xa0;: %(choices)s)</translation>
    </message>
    <message>
        <source>invalid %(type)s value: %(value)r</source>
        <translation>valeur non valable (%(type)s)&#xa0;: %(value)r</translation>
    </message>
    <message>
        <source>not allowed with argument %s</source>
        <translation>incompatible avec l’argument %s</translation>
    </message>
    <message>
        <source>unrecognized arguments: %s</source>
        <translation>arguments inconnus&#xa0;: %s</translation>
    </message>
    <message>
        <source>ambiguous option: %(option)s could match %(matches)s</source>
        <translation>option ambiguë&#xa0;: %(option)s peut désigner %(matches)s</translation>
    </message>
    <message>
        <source>Send one prompt to many inputs at once, and see what concurrency bought.</source>
        <translation>Envoyer un même prompt pour de nombreuses entrées à la fois, et voir ce que le parallélisme fait gagner.</translation>
    </message>
    <message>
        <source>The API key comes from the system&apos;s keyring or from PARADIGM_API_KEY. Exit codes: 0 every row done, 1 some rows failed, 2 bad input or configuration, 130 interrupted.</source>
        <translation>La clé d’API vient du trousseau du système ou de PARADIGM_API_KEY. Codes de retour&#xa0;: 0 toutes les lignes sont terminées, 1 des lignes ont échoué, 2 entrée ou configuration incorrecte, 130 interruption.</translation>
    </message>
    <message>
        <source>one FILE at a time: {files} cannot be opened, too</source>
        <translation>un seul FILE à la fois&#xa0;: impossible d’ouvrir aussi {files}</translation>
    </message>
    <message>
        <source>names (.txt), table (.csv .tsv .xlsx .ods .jsonl) or batch (.json)</source>
        <translation>noms (.txt), tableau (.csv .tsv .xlsx .ods .jsonl) ou lot (.json)</translation>
    </message>
    <message>
        <source>use the built-in server: no key, no network</source>
        <translation>utiliser le serveur intégré&#xa0;: ni clé ni réseau</translation>
    </message>
    <message>
        <source>the server (default: PARADIGM_BASE_URL, else the last one); /api/v2 may be left out for a host called paradigm, or that of PARADIGM_BASE_URL</source>
        <translation>le serveur (par défaut&#xa0;: PARADIGM_BASE_URL, sinon le dernier utilisé)&#x202f;; /api/v2 peut être omis pour un hôte nommé paradigm, ou pour celui de PARADIGM_BASE_URL</translation>
    </message>
    <message>
        <source>a saved server</source>
        <translation>un serveur enregistré</translation>
    </message>
    <message>
        <source>the model (default: the server&apos;s own)</source>
        <translation>le modèle (par défaut&#xa0;: celui du serveur)</translation>
    </message>
    <message>
        <source>0 for the likeliest words, up to 2 for surprising ones</source>
        <translation>0 pour les mots les plus probables, jusqu’à 2 pour des mots plus inattendus</translation>
    </message>
    <message>
        <source>the most tokens of an answer</source>
        <translation>nombre maximal de tokens d’une réponse</translation>
    </message>
    <message>
        <source>the system prompt</source>
        <translation>le prompt système</translation>
    </message>
    <message>
        <source>the prompt for each row, with {column} placeholders</source>
        <translation>le prompt de chaque ligne, où {column} désigne une colonne</translation>
    </message>
    <message>
        <source>the most requests in flight at once</source>
        <translation>nombre maximal de requêtes simultanées</translation>
    </message>
    <message>
        <source>requests per minute, evenly spaced</source>
        <translation>requêtes par minute, régulièrement espacées</translation>
    </message>
    <message>
        <source>answers in one piece</source>
        <translation>réponses en un seul bloc</translation>
    </message>
    <message>
        <source>seconds allowed for one attempt</source>
        <translation>durée maximale d’un essai, en secondes</translation>
    </message>
    <message>
        <source>how often a failed request is sent again</source>
        <translation>nombre de nouveaux essais d’une requête qui échoue</translation>
    </message>
    <message>
        <source>also run one by one, and show the speed-up</source>
        <translation>exécuter aussi les lignes une par une, et montrer l’accélération</translation>
    </message>
    <message>
        <source>start at once</source>
        <translation>lancer aussitôt</translation>
    </message>
    <message>
        <source>no window: run, print the summary, quit</source>
        <translation>sans fenêtre&#xa0;: exécuter, afficher le résumé, quitter</translation>
    </message>
    <message>
        <source>results as .csv .jsonl .xlsx .md .html</source>
        <translation>résultats en .csv .jsonl .xlsx .md .html</translation>
    </message>
    <message>
        <source>figures of the run as JSON</source>
        <translation>chiffres de l’exécution en JSON</translation>
    </message>
    <message>
        <source>picture of the window when the run has ended, as PNG</source>
        <translation>image de la fenêtre à la fin de l’exécution, en PNG</translation>
    </message>
    <message>
        <source>go on with an unfinished run</source>
        <translation>reprendre une exécution inachevée</translation>
    </message>
    <message>
        <source>where settings, servers and log are kept</source>
        <translation>emplacement des réglages, des serveurs et du journal</translation>
    </message>
    <message>
        <source>the language of the texts</source>
        <translation>la langue des textes</translation>
    </message>
    <message>
        <source>try the installed program on the built-in server</source>
        <translation>essayer le programme installé sur le serveur intégré</translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation>afficher la version et quitter</translation>
    </message>
    <message>
        <source>{value} is not between {least} and {most}</source>
        <translation>{value} n’est pas compris entre {least} et {most}</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>nombre entier</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nombre</translation>
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
        <source>Forget the key</source>
        <translation>Oublier la clé</translation>
    </message>
    <message>
        <source>the first that the server offers</source>
        <translation>le premier que propose le serveur</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avancé</translation>
    </message>
    <message>
        <source>with one short answer (1 or 2 requests)</source>
        <translation>avec une courte réponse (1 ou 2 requêtes)</translation>
    </message>
    <message>
        <source>All servers…</source>
        <translation>Tous les serveurs…</translation>
    </message>
    <message>
        <source>asking the system&apos;s keyring…</source>
        <translation>interrogation du trousseau du système…</translation>
    </message>
    <message>
        <source>The key is {where}.</source>
        <translation>La clé est {where}.</translation>
    </message>
    <message>
        <source>It is sent only to this server.</source>
        <translation>Elle n’est envoyée qu’à ce serveur.</translation>
    </message>
    <message>
        <source>This server needs no key</source>
        <translation>Ce serveur ne demande aucune clé</translation>
    </message>
    <message>
        <source>the key for this server</source>
        <translation>la clé de ce serveur</translation>
    </message>
    <message>
        <source>No key is looked for, and none is sent.</source>
        <translation>Aucune clé n’est recherchée ni envoyée.</translation>
    </message>
    <message>
        <source>{host} is another server: enter its own key. The one for {before} is not sent there, and is kept.</source>
        <translation>{host} est un autre serveur&#xa0;: saisissez sa propre clé. Celle de {before} ne lui est pas envoyée et reste conservée.</translation>
    </message>
    <message>
        <source>The key will be kept in your system&apos;s keyring.</source>
        <translation>La clé sera conservée dans le trousseau de votre système.</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>non requise</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Arrêter le test</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Tester la connexion</translation>
    </message>
    <message>
        <source>The server listed its models without a key. If it needs none, tick “{box}”.</source>
        <translation>Le serveur a donné la liste de ses modèles sans clé. S’il n’en demande aucune, cochez «&#xa0;{box}&#xa0;».</translation>
    </message>
    <message>
        <source>The connection to {host} is not encrypted. Anybody on the way can read the key, the prompts and the answers.</source>
        <translation>La connexion à {host} n’est pas chiffrée. N’importe qui sur le trajet peut lire la clé, les prompts et les réponses.</translation>
    </message>
    <message>
        <source>Send the key nevertheless</source>
        <translation>Envoyer quand même la clé</translation>
    </message>
    <message>
        <source>Without this check, anybody on the way can pass for the server, and read the key, the prompts and the answers. A red line in the window will say so. If your organisation has a certificate authority of its own, choose its file instead.</source>
        <translation>Sans cette vérification, n’importe qui sur le trajet peut se faire passer pour le serveur et lire la clé, les prompts et les réponses. Un bandeau rouge le rappellera dans la fenêtre. Si votre organisation a sa propre autorité de certification, choisissez plutôt le fichier de celle-ci.</translation>
    </message>
    <message>
        <source>Do not check</source>
        <translation>Ne pas vérifier</translation>
    </message>
    <message>
        <source>Forget the key for {host}? This cannot be undone.</source>
        <translation>Oublier la clé pour {host}&#x202f;? Cette action est irréversible.</translation>
    </message>
    <message>
        <source>Forget the user name and the password for the proxy {host}? This cannot be undone.</source>
        <translation>Oublier le nom d’utilisateur et le mot de passe pour le proxy {host}&#x202f;? Cette action est irréversible.</translation>
    </message>
    <message>
        <source>Forget the login</source>
        <translation>Oublier les identifiants</translation>
    </message>
    <message>
        <source>What you have entered is not saved.</source>
        <translation>Ce que vous avez saisi n’est pas enregistré.</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>Abandonner la saisie</translation>
    </message>
    <message>
        <source>A key that is kept is not shown; enter it anew to see it</source>
        <translation>Une clé conservée n’est pas affichée&#x202f;; saisissez-la de nouveau pour la voir</translation>
    </message>
    <message>
        <source>→ without the quotes, or the word Bearer, around it</source>
        <translation>→ sans les guillemets ni le mot Bearer qui l’entourent</translation>
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
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>The system names no proxy for this server.</source>
        <translation>Le système n’indique aucun proxy pour ce serveur.</translation>
    </message>
    <message>
        <source>The system names this proxy, with a user name and a password.</source>
        <translation>Le système indique ce proxy, avec un nom d’utilisateur et un mot de passe.</translation>
    </message>
    <message>
        <source>The system names this proxy. If it wants a login, enter it here.</source>
        <translation>Le système indique ce proxy. S’il demande des identifiants, saisissez-les ici.</translation>
    </message>
    <message>
        <source>{name} is saved and can be used. The system&apos;s keyring, which is to keep its key, may be asking you for a password.</source>
        <translation>Le serveur {name} est enregistré et utilisable. Le trousseau du système, où sa clé doit être conservée, vous demande peut-être un mot de passe.</translation>
    </message>
    <message>
        <source>There is another server called “{name}”: this one is saved as “{own}”.</source>
        <translation>Un autre serveur s’appelle déjà «&#xa0;{name}&#xa0;»&#xa0;: celui-ci est enregistré sous le nom «&#xa0;{own}&#xa0;».</translation>
    </message>
    <message>
        <source>Key for {host}: {where}.</source>
        <translation>Clé pour {host}&#xa0;: {where}.</translation>
    </message>
    <message>
        <source>The key for {host} is still in the system&apos;s keyring. If you keep it, it is there again as soon as this URL is: {url}</source>
        <translation>La clé pour {host} est encore dans le trousseau du système. Si vous la conservez, elle sera de nouveau disponible dès que l’URL de base sera&#xa0;: {url}</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Supprimer la clé</translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation>Conserver la clé</translation>
    </message>
    <message>
        <source>Server and API key</source>
        <translation>Serveur et clé API</translation>
    </message>
    <message>
        <source>The key for {host} could not be removed.</source>
        <translation>La clé pour {host} n’a pas pu être supprimée.</translation>
    </message>
    <message>
        <source>Remove “{name}”? Its key is removed from the keyring, too.</source>
        <translation>Supprimer «&#xa0;{name}&#xa0;»&#x202f;? Sa clé sera aussi supprimée du trousseau.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Servers (*.json)</source>
        <translation>Serveurs (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Import servers</source>
        <translation>Importer des serveurs</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) of this file are there already, with the same settings.</source>
        <translation>
            <numerusform>%Ln serveur de ce fichier est déjà enregistré, avec les mêmes réglages.</numerusform>
            <numerusform>%Ln serveurs de ce fichier sont déjà enregistrés, avec les mêmes réglages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) would be added:</source>
        <translation>
            <numerusform>%Ln serveur serait ajouté&#xa0;:</numerusform>
            <numerusform>%Ln serveurs seraient ajoutés&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Added: {names}. Keys are not passed on: enter yours.</source>
        <translation>Ajout effectué&#xa0;: {names}. Les clés ne sont pas transmises&#xa0;: saisissez les vôtres.</translation>
    </message>
    <message>
        <source>Authority files are not passed on. Choose yours, under Advanced, for: {names}.</source>
        <translation>Les fichiers d’autorité ne sont pas transmis. Choisissez le vôtre, sous «&#xa0;Avancé&#xa0;», pour&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>⚠ All that is sent there goes through the proxy {url}</source>
        <translation>⚠ Tout ce qui lui est envoyé passe par le proxy {url}</translation>
    </message>
    <message>
        <source>Export servers</source>
        <translation>Exporter les serveurs</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) were written to {path}, without any key.</source>
        <translation>
            <numerusform>%Ln serveur a été écrit dans {path}, sans aucune clé.</numerusform>
            <numerusform>%Ln serveurs ont été écrits dans {path}, sans aucune clé.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DifferenceModel</name>
    <message>
        <source>same</source>
        <translation>identiques</translation>
    </message>
    <message>
        <source>different</source>
        <translation>différentes</translation>
    </message>
    <message>
        <source>only in A</source>
        <translation>A seulement</translation>
    </message>
    <message>
        <source>only in B</source>
        <translation>B seulement</translation>
    </message>
    <message>
        <source>#</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>State A</source>
        <translation>État A</translation>
    </message>
    <message>
        <source>Answer A</source>
        <translation>Réponse A</translation>
    </message>
    <message>
        <source>State B</source>
        <translation>État B</translation>
    </message>
    <message>
        <source>Answer B</source>
        <translation>Réponse B</translation>
    </message>
</context>
<context>
    <name>DifferenceWindow</name>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>Same answer</source>
        <translation>Identiques</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Différentes</translation>
    </message>
    <message>
        <source>Only in A</source>
        <translation>A seulement</translation>
    </message>
    <message>
        <source>Only in B</source>
        <translation>B seulement</translation>
    </message>
    <message>
        <source>Two runs compared</source>
        <translation>Deux exécutions comparées</translation>
    </message>
    <message>
        <source>Both runs are being read…</source>
        <translation>Lecture des deux exécutions…</translation>
    </message>
    <message>
        <source>Answers of both runs</source>
        <translation>Réponses des deux exécutions</translation>
    </message>
    <message>
        <source>Search in inputs and answers</source>
        <translation>Rechercher dans les entrées et les réponses</translation>
    </message>
    <message>
        <source>Only rows that differ</source>
        <translation>Différences seulement</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Copier les lignes</translation>
    </message>
    <message>
        <source>Copy this cell</source>
        <translation>Copier cette cellule</translation>
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
        <source>Save as a batch file</source>
        <translation>Enregistrer comme fichier de lot</translation>
    </message>
    <message>
        <source>Save the prompt without the rows</source>
        <translation>Enregistrer le prompt sans les lignes</translation>
    </message>
    <message>
        <source>Batch files</source>
        <translation>Fichiers de lot</translation>
    </message>
    <message>
        <source>The batch is in {path}. It holds rows and settings, no key.</source>
        <translation>Le lot est dans {path}. Il contient les lignes et les réglages, mais aucune clé.</translation>
    </message>
    <message>
        <source>The prompt is in {path}. It holds settings, no rows and no key.</source>
        <translation>Le prompt est dans {path}. Ce fichier contient les réglages, mais ni lignes ni clé.</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>Exporter les résultats</translation>
    </message>
    <message>
        <source>The export was cancelled. Nothing was written to {path}.</source>
        <translation>L’export a été annulé. Rien n’a été écrit dans {path}.</translation>
    </message>
    <message>
        <source>The results are in {path}.</source>
        <translation>Les résultats sont dans {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were too long for a spreadsheet and were cut.</source>
        <translation>
            <numerusform>%Ln cellule était trop longue pour un tableur et a été coupée.</numerusform>
            <numerusform>%Ln cellules étaient trop longues pour un tableur et ont été coupées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Ouvrir le fichier</translation>
    </message>
    <message>
        <source>No program of this computer opens {path}.</source>
        <translation>Aucune application de cet ordinateur ne peut ouvrir {path}.</translation>
    </message>
    <message>
        <source>Writing {file}</source>
        <translation>Écriture de {file}</translation>
    </message>
    <message>
        <source>Export as a Python script</source>
        <translation>Exporter comme script Python</translation>
    </message>
    <message>
        <source>Python script</source>
        <translation>Script Python</translation>
    </message>
    <message>
        <source>Notebook that runs the script</source>
        <translation>Notebook qui exécute le script</translation>
    </message>
    <message>
        <source>The script is in {path}. It holds rows and settings, no key: it reads that from PARADIGM_API_KEY.</source>
        <translation>Le script est dans {path}. Il contient les lignes et les réglages, mais aucune clé&#xa0;: il la lit dans PARADIGM_API_KEY.</translation>
    </message>
    <message>
        <source>Export the timing</source>
        <translation>Exporter les durées</translation>
    </message>
    <message>
        <source>Picture of the race</source>
        <translation>Image de la course</translation>
    </message>
    <message>
        <source>HTTP archive, for a browser&apos;s network panel</source>
        <translation>Archive HTTP, pour le panneau réseau d’un navigateur</translation>
    </message>
    <message>
        <source>Trace, for Perfetto or Chrome</source>
        <translation>Trace, pour Perfetto ou Chrome</translation>
    </message>
    <message>
        <source>The timing is in {path}.</source>
        <translation>Les durées sont dans {path}.</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Enregistrer une image</translation>
    </message>
    <message>
        <source>The picture is in {path}.</source>
        <translation>L’image est dans {path}.</translation>
    </message>
</context>
<context>
    <name>EndpointsDialog</name>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
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
    <message>
        <source>Particulars</source>
        <translation>Particularités</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Start with it</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>Makes it the default: the server that the program starts with</source>
        <translation>En fait le serveur par défaut&#xa0;: celui du démarrage de l’application</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Writes the servers to a file, without any key</source>
        <translation>Enregistre les serveurs dans un fichier, sans aucune clé</translation>
    </message>
    <message>
        <source>default</source>
        <translation>défaut</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>requise</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>non requise</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export results</source>
        <translation>Exporter les résultats</translation>
    </message>
    <message numerus="yes">
        <source>All %n row(s)</source>
        <translation>
            <numerusform>Toutes les lignes (%Ln)</numerusform>
            <numerusform>Toutes les lignes (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n row(s) that the filter shows</source>
        <translation>
            <numerusform>Ligne retenue par le filtre (%Ln)</numerusform>
            <numerusform>Lignes retenues par le filtre (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n selected row(s)</source>
        <translation>
            <numerusform>Ligne sélectionnée (%Ln)</numerusform>
            <numerusform>Lignes sélectionnées (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Column with the numbers of the rows</source>
        <translation>Colonne des numéros de ligne</translation>
    </message>
    <message>
        <source>Column with the prompts</source>
        <translation>Colonne des prompts</translation>
    </message>
    <message>
        <source>Exact text</source>
        <translation>Texte exact</translation>
    </message>
    <message>
        <source>CSV: for spreadsheets and other programs</source>
        <translation>CSV&#xa0;: pour les tableurs et d’autres applications</translation>
    </message>
    <message>
        <source>Excel: results, and a sheet of settings and figures</source>
        <translation>Excel&#xa0;: résultats, plus une feuille de réglages et de chiffres</translation>
    </message>
    <message>
        <source>Times and technical columns</source>
        <translation>Temps et colonnes techniques</translation>
    </message>
    <message>
        <source>Also how each row was answered: times, attempts, tokens, HTTP status, model, arm</source>
        <translation>Ajoute comment chaque ligne a reçu sa réponse&#xa0;: temps, essais, tokens, statut HTTP, modèle, passe</translation>
    </message>
    <message>
        <source>JSONL: everything, exactly, for programs</source>
        <translation>JSONL&#xa0;: tout, à l’identique, pour les programmes</translation>
    </message>
    <message>
        <source>Markdown: a table to read</source>
        <translation>Markdown&#xa0;: un tableau à lire</translation>
    </message>
    <message>
        <source>HTML: a report with figures and the race</source>
        <translation>HTML&#xa0;: un rapport avec les chiffres et la course</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Virgule</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Point-virgule</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulation</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Answers of</source>
        <translation>Réponses de la passe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Separated by</source>
        <translation>Séparateur</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Everything is in the file, its names and codes in English.</source>
        <translation>Tout est dans le fichier&#x202f;; les noms et les codes y sont en anglais.</translation>
    </message>
    <message>
        <source>Nothing in this file is run as a formula, a link or a script.</source>
        <translation>Rien dans ce fichier n’est exécuté comme formule, lien ou script.</translation>
    </message>
    <message>
        <source>Every text stays as it is. A spreadsheet may take answers that begin with =, +, - or @ for formulas, and run them.</source>
        <translation>Chaque texte reste tel quel. Un tableur peut prendre pour des formules les réponses qui commencent par =, +, - ou @, et les exécuter.</translation>
    </message>
    <message>
        <source>Texts that a spreadsheet would run as formulas get an apostrophe before them. For other programs, choose exact text.</source>
        <translation>Les textes qu’un tableur exécuterait comme des formules sont précédés d’une apostrophe. Pour d’autres applications, choisissez «&#xa0;Texte exact&#xa0;».</translation>
    </message>
</context>
<context>
    <name>FiguresBlock</name>
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
        <source>Estimate: {factor}</source>
        <translation>Estimation&#xa0;: {factor}</translation>
    </message>
    <message>
        <source>Estimate: between {low} and {high}</source>
        <translation>Estimation&#xa0;: entre {low} et {high}</translation>
    </message>
    <message>
        <source>Estimated speed-up = estimated sequential wall time ÷ concurrent wall time</source>
        <translation>Accélération estimée = durée séquentielle estimée ÷ durée simultanée</translation>
    </message>
    <message numerus="yes">
        <source>Sends %n request(s) more, one by one.</source>
        <translation>
            <numerusform>Envoie %Ln requête de plus.</numerusform>
            <numerusform>Envoie %Ln requêtes de plus, une par une.</numerusform>
        </translation>
    </message>
    <message>
        <source>no factor</source>
        <translation>non mesurable</translation>
    </message>
    <message>
        <source>{faster} on {n} of {rows} rows</source>
        <translation>{faster} sur {n} des {rows} lignes</translation>
    </message>
    <message>
        <source>lower of {n}: {lowest} to {highest}</source>
        <translation>la plus basse de {n}&#xa0;: {lowest} à {highest}</translation>
    </message>
    <message>
        <source>middle of {n}: {lowest} to {highest}</source>
        <translation>médiane de {n}&#xa0;: {lowest} à {highest}</translation>
    </message>
    <message>
        <source>The times above and the race are those of the first repeat</source>
        <translation>Les durées ci-dessus et la course sont celles de la première répétition</translation>
    </message>
    <message>
        <source>Tokens of the answers: {concurrent} concurrently, {sequential} sequentially</source>
        <translation>Tokens des réponses&#xa0;: {concurrent} en simultané, {sequential} en séquentiel</translation>
    </message>
    <message>
        <source>n = {n}: what succeeded in both arms, as the server counted</source>
        <translation>n&#xa0;=&#xa0;{n}&#xa0;: les requêtes réussies dans les deux passes&#x202f;; tokens comptés par le serveur</translation>
    </message>
    <message>
        <source>They differ by more than {percent} %: the arms did not do the same work</source>
        <translation>Écart de plus de {percent}&#x202f;%&#xa0;: les deux passes n’ont pas fait le même travail</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>tokens</translation>
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
    <name>FiguresModel</name>
    <message>
        <source>Further pass</source>
        <translation>Autre passe</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Chiffre</translation>
    </message>
    <message>
        <source>{arm}, cap {cap}</source>
        <translation>{arm}, {cap} à la fois</translation>
    </message>
    <message>
        <source>{figure}, median</source>
        <translation>{figure}, médiane</translation>
    </message>
    <message>
        <source>Nearest-rank percentile: always one of the measured values</source>
        <translation>Centile au rang le plus proche&#xa0;: toujours l’une des valeurs mesurées</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n&#xa0;=&#xa0;{n}</translation>
    </message>
    <message>
        <source>Not enough data: it needs {n} values</source>
        <translation>Données insuffisantes&#xa0;: il faut {n} valeurs</translation>
    </message>
    <message>
        <source>Greyed: only from {n} values on is it stable</source>
        <translation>En gris&#xa0;: stable seulement à partir de {n} valeurs</translation>
    </message>
    <message>
        <source>Source: the timestamps of this run</source>
        <translation>Source&#xa0;: les horodatages de cette exécution</translation>
    </message>
    <message>
        <source>Source: the timestamps of this run; the server is simulated</source>
        <translation>Source&#xa0;: les horodatages de cette exécution&#x202f;; le serveur est simulé</translation>
    </message>
</context>
<context>
    <name>FiguresTable</name>
    <message>
        <source>Simulated</source>
        <translation>Simulé</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Chiffres</translation>
    </message>
    <message>
        <source>Copy the figures</source>
        <translation>Copier les chiffres</translation>
    </message>
    <message>
        <source>The figures of an arm stand here as soon as it has ended.</source>
        <translation>Les chiffres d’une passe s’affichent ici dès qu’elle est terminée.</translation>
    </message>
</context>
<context>
    <name>HeadlessRun</name>
    <message>
        <source>Sent as it is written, as no column has that name: {names}</source>
        <translation>Envoyé tel quel, faute de colonne portant ce nom&#xa0;: {names}</translation>
    </message>
    <message>
        <source>The server cannot be reached any more; waiting for it.</source>
        <translation>Le serveur est devenu injoignable&#x202f;; attente de son retour.</translation>
    </message>
    <message>
        <source>Going on.</source>
        <translation>L’exécution reprend.</translation>
    </message>
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
        <source>The deleted runs were erased from this computer.</source>
        <translation>Les exécutions supprimées ont été effacées de cet ordinateur.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) were deleted.</source>
        <translation>
            <numerusform>%Ln exécution a été supprimée.</numerusform>
            <numerusform>%Ln exécutions ont été supprimées.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>L’exécution «&#xa0;{name}&#xa0;» a été supprimée.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The run on show</source>
        <translation>L’exécution affichée</translation>
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
        <source>Compare…</source>
        <translation>Comparer…</translation>
    </message>
    <message>
        <source>Compare the two selected runs, or the selected run with the one on show</source>
        <translation>Comparer les deux exécutions sélectionnées, ou l’exécution sélectionnée à celle qui est affichée</translation>
    </message>
    <message>
        <source>Compare the two runs…</source>
        <translation>Comparer les deux exécutions…</translation>
    </message>
    <message>
        <source>Compare with the run on show…</source>
        <translation>Comparer à l’exécution affichée…</translation>
    </message>
    <message>
        <source>Show the rows that it answered otherwise</source>
        <translation>Afficher les lignes où ses réponses diffèrent</translation>
    </message>
    <message>
        <source>Undo the last deletion</source>
        <translation>Annuler la dernière suppression</translation>
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
        <source>Erase the deleted runs now</source>
        <translation>Effacer maintenant les exécutions supprimées</translation>
    </message>
    <message>
        <source>They would be erased after a week</source>
        <translation>Sans cela, elles seront effacées au bout d’une semaine</translation>
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
        <source>running, {total} in all</source>
        <translation>en cours, {total} au total</translation>
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
    <name>InputModel</name>
    <message>
        <source>Edit a cell</source>
        <translation>Modifier une cellule</translation>
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
    <message>
        <source>Replace the table</source>
        <translation>Remplacer le tableau</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) pasted as a table.</source>
        <translation>
            <numerusform>%Ln ligne collée sous forme de tableau.</numerusform>
            <numerusform>%Ln lignes collées sous forme de tableau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prompt(s), one per line</source>
        <translation>
            <numerusform>%Ln prompt, un par ligne</numerusform>
            <numerusform>%Ln prompts, un par ligne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty row(s) left out</source>
        <translation>
            <numerusform>%Ln ligne vide ignorée</numerusform>
            <numerusform>%Ln lignes vides ignorées</numerusform>
        </translation>
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
        <source>Drop a text, CSV, Excel, OpenDocument or JSONL file here, or paste cells of a spreadsheet.</source>
        <translation>Déposez ici un fichier texte, CSV, Excel, OpenDocument ou JSONL, ou collez des cellules d’un tableur.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
        <source>Paste cells</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Begin a table</source>
        <translation>Créer un tableau</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
</context>
<context>
    <name>LatencyChart</name>
    <message>
        <source>No request is done, so that there are no times to show.</source>
        <translation>Aucune requête n’est terminée&#xa0;: il n’y a aucun temps à afficher.</translation>
    </message>
    <message>
        <source>Run the batch to see here how long its answers took.</source>
        <translation>Lancez le lot pour voir ici combien de temps ses réponses ont pris.</translation>
    </message>
    <message>
        <source>Times of the requests that are done; percentiles are nearest-rank</source>
        <translation>Temps des requêtes terminées&#x202f;; centiles au rang le plus proche</translation>
    </message>
    <message>
        <source>Small samples show each request and the median, without percentiles</source>
        <translation>Les petits échantillons montrent chaque requête et la médiane, sans centiles</translation>
    </message>
    <message>
        <source>Greyed: the sample is too small for a stable value ({trusted})</source>
        <translation>En gris&#xa0;: échantillon trop petit pour une valeur stable ({trusted})</translation>
    </message>
    <message>
        <source>p{percent} from {n}</source>
        <translation>p{percent} à partir de {n}</translation>
    </message>
    <message>
        <source>Service time (s)</source>
        <translation>Temps de service (s)</translation>
    </message>
    <message>
        <source>Response time (s)</source>
        <translation>Temps de réponse (s)</translation>
    </message>
    <message>
        <source>There is no time of a first word: each answer came as a whole. Let the answers come live (streaming), and run the batch again.</source>
        <translation>Il n’y a pas de temps jusqu’au premier mot&#xa0;: chaque réponse est arrivée d’un seul bloc. Activez les réponses en direct (streaming) et relancez le lot.</translation>
    </message>
    <message>
        <source>First word after (s)</source>
        <translation>Premier mot après (s)</translation>
    </message>
    <message>
        <source>Share of the answers (%)</source>
        <translation>Part des réponses (%)</translation>
    </message>
    <message>
        <source>Answered within this time (%)</source>
        <translation>Réponses reçues dans ce temps (%)</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n&#xa0;=&#xa0;{n}</translation>
    </message>
    <message>
        <source>median {time}</source>
        <translation>médiane {time}</translation>
    </message>
    <message>
        <source>p{percent} {time}</source>
        <translation>p{percent} {time}</translation>
    </message>
    <message>
        <source>Each dot is a request; dotted lines mark the medians.</source>
        <translation>Chaque point est une requête&#x202f;; les pointillés indiquent les médianes.</translation>
    </message>
    <message>
        <source>Dots are single requests of a small sample; dotted lines mark the medians.</source>
        <translation>Les points sont les requêtes d’un petit échantillon&#x202f;; les pointillés indiquent les médianes.</translation>
    </message>
    <message>
        <source>Dotted lines mark the medians.</source>
        <translation>Les pointillés indiquent les médianes.</translation>
    </message>
    <message>
        <source>Dotted lines mark the medians, points the percentiles above.</source>
        <translation>Les pointillés indiquent les médianes, les points les centiles ci-dessus.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>De {low} à {high}</translation>
    </message>
    <message>
        <source>Within {time}</source>
        <translation>En {time} au plus</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latence</translation>
    </message>
    <message>
        <source>Chart of the latency</source>
        <translation>Graphique de la latence</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>Temps affiché</translation>
    </message>
    <message>
        <source>Form of the chart</source>
        <translation>Forme du graphique</translation>
    </message>
    <message>
        <source>Service time</source>
        <translation>Temps de service</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>Temps de réponse</translation>
    </message>
    <message>
        <source>First word after</source>
        <translation>Premier mot après</translation>
    </message>
    <message>
        <source>Cumulative</source>
        <translation>Cumulatif</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramme</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>queued</source>
        <translation>en file</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
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
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>Thin line: queued. Hatched: sent, waiting for the first token. Solid: streaming. Dots: backing off before another attempt. Cross: an attempt failed. Frayed end: cancelled. In lanes, bars that are too short to be told apart are joined and paler.</source>
        <translation>Trait fin&#xa0;: en file. Hachures&#xa0;: envoyée, en attente du premier token. Plein&#xa0;: en réception. Points&#xa0;: pause avant un nouvel essai. Croix&#xa0;: un essai a échoué. Bout effrangé&#xa0;: annulée. Dans les couloirs, les barres trop courtes pour être distinguées sont réunies et plus pâles.</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>never</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>When a run stops by itself, what is in flight is still answered, so that a few tokens more may be used. Where the server counts no tokens, four characters are taken for one.</source>
        <translation>Quand une exécution s’arrête d’elle-même, les requêtes en cours vont à leur terme&#xa0;: quelques tokens de plus peuvent être consommés. Si le serveur ne compte pas les tokens, quatre caractères comptent pour un.</translation>
    </message>
    <message>
        <source>How long to wait for the server</source>
        <translation>Attente maximale du serveur</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Requêtes par minute</translation>
    </message>
    <message>
        <source>Stop after failed rows</source>
        <translation>Lignes en échec avant l’arrêt</translation>
    </message>
    <message>
        <source>Stop after tokens</source>
        <translation>Tokens avant l’arrêt</translation>
    </message>
    <message>
        <source>Retries of a row</source>
        <translation>Nouveaux essais par ligne</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Premier token</translation>
    </message>
    <message>
        <source>Between two tokens</source>
        <translation>Entre deux tokens</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Réponse entière</translation>
    </message>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
</context>
<context>
    <name>LoadChart</name>
    <message>
        <source>Run the batch to see here how many requests were in flight, and how fast answers came.</source>
        <translation>Lancez le lot pour voir ici combien de requêtes étaient en cours et à quel rythme les réponses sont arrivées.</translation>
    </message>
    <message>
        <source>Not enough data: nothing was in flight for as long as the clock can tell.</source>
        <translation>Données insuffisantes&#xa0;: rien n’a été en cours assez longtemps pour que l’horloge le mesure.</translation>
    </message>
    <message>
        <source>In flight: attempts that are sent and have not ended; on average their times ÷ wall time</source>
        <translation>En cours&#xa0;: essais envoyés et pas encore terminés&#x202f;; en moyenne, somme de leurs durées ÷ durée de la passe</translation>
    </message>
    <message>
        <source>Answers per second: requests done in a window ÷ its length</source>
        <translation>Réponses par seconde&#xa0;: requêtes terminées dans un intervalle ÷ durée de l’intervalle</translation>
    </message>
    <message>
        <source>Requests in flight</source>
        <translation>Requêtes en cours</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>Temps (s)</translation>
    </message>
    <message>
        <source>Answers per second</source>
        <translation>Réponses par seconde</translation>
    </message>
    <message>
        <source>in flight {mean} on average, {peak} at most</source>
        <translation>en cours&#xa0;: {mean} en moyenne, {peak} au plus</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n&#xa0;=&#xa0;{n}</translation>
    </message>
    <message>
        <source>windows of {window}</source>
        <translation>intervalles de {window}</translation>
    </message>
    <message>
        <source>{rate} answers/s</source>
        <translation>{rate} réponses/s</translation>
    </message>
    <message>
        <source>Point at a chart to read its values.</source>
        <translation>Survolez un graphique pour lire ses valeurs.</translation>
    </message>
    <message>
        <source>No request is done, so that there is no throughput to show.</source>
        <translation>Aucune requête n’est terminée&#xa0;: il n’y a aucun débit à afficher.</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>{count} in flight</source>
        <translation>{count} en cours</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>À {time}</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>Chart of the requests in flight</source>
        <translation>Graphique des requêtes en cours</translation>
    </message>
    <message>
        <source>Chart of the answers per second</source>
        <translation>Graphique des réponses par seconde</translation>
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
        <source>Open &amp;again</source>
        <translation>Rou&amp;vrir</translation>
    </message>
    <message>
        <source>Save as a &amp;batch file…</source>
        <translation>Enregistrer comme fichier de &amp;lot…</translation>
    </message>
    <message>
        <source>Sa&amp;ve the prompt without the rows…</source>
        <translation>Enregistrer le &amp;prompt sans les lignes…</translation>
    </message>
    <message>
        <source>Bring bac&amp;k the replaced input</source>
        <translation>&amp;Rétablir l’entrée remplacée</translation>
    </message>
    <message>
        <source>&amp;Export results…</source>
        <translation>&amp;Exporter les résultats…</translation>
    </message>
    <message>
        <source>Export the &amp;timing…</source>
        <translation>Exporter les &amp;durées…</translation>
    </message>
    <message>
        <source>Export as a P&amp;ython script…</source>
        <translation>Exporter comme script P&amp;ython…</translation>
    </message>
    <message>
        <source>Save a &amp;picture of the window…</source>
        <translation>Enregistrer une &amp;image de la fenêtre…</translation>
    </message>
    <message>
        <source>&amp;Copy the figures</source>
        <translation>&amp;Copier les chiffres</translation>
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
        <source>All &amp;servers…</source>
        <translation>Tous les &amp;serveurs…</translation>
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
    <name>MeasureDialog</name>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>Concurrent (cap {cap}) against sequential</source>
        <translation>Simultané ({cap} à la fois) et séquentiel</translation>
    </message>
    <message>
        <source>Sweep over the caps {caps}</source>
        <translation>Balayage de «&#xa0;Simultanées&#xa0;»&#xa0;: {caps}</translation>
    </message>
    <message>
        <source>Shows from which cap on more requests at once buy nothing</source>
        <translation>Montre à partir de quelle valeur davantage de requêtes simultanées n’apportent plus rien</translation>
    </message>
    <message>
        <source>Repeating shows how much the figures vary by chance</source>
        <translation>Les répétitions montrent à quel point les chiffres varient par hasard</translation>
    </message>
    <message>
        <source>Send one request before, which is not measured</source>
        <translation>Envoyer d’abord une requête, qui n’est pas mesurée</translation>
    </message>
    <message>
        <source>Whoever comes second may find a server warmed up, or full caches. Alternating repeats and a request before even that out.</source>
        <translation>La passe qui vient en second peut trouver un serveur déjà chaud ou des caches remplis. Alterner l’ordre des répétitions et envoyer d’abord une requête compensent cet effet.</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Premières lignes</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Répétitions</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Préchauffage</translation>
    </message>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Lancer %Ln requête</numerusform>
            <numerusform>Lancer %Ln requêtes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>No row matches the search and the filter.</source>
        <translation>Aucune ligne ne correspond à la recherche et au filtre.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Effacer le filtre</translation>
    </message>
</context>
<context>
    <name>OpenTableDialog</name>
    <message>
        <source>Open a table</source>
        <translation>Ouvrir un tableau</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Cells are separated by</source>
        <translation>Cellules séparées par</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Encodage</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>La première ligne nomme les colonnes</translation>
    </message>
    <message>
        <source>The first rows</source>
        <translation>Les premières lignes</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Replace the input</source>
        <translation>Remplacer l’entrée</translation>
    </message>
    <message>
        <source>{rows}, {columns}</source>
        <translation>{rows}, {columns}</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%Ln colonne</numerusform>
            <numerusform>%Ln colonnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty row(s) left out</source>
        <translation>
            <numerusform>%Ln ligne vide ignorée</numerusform>
            <numerusform>%Ln lignes vides ignorées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %n row(s) are shown</source>
        <translation>
            <numerusform>aperçu de %Ln ligne</numerusform>
            <numerusform>aperçu des %Ln premières lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Commas</source>
        <translation>Virgules</translation>
    </message>
    <message>
        <source>Semicolons</source>
        <translation>Points-virgules</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>Tabulations</translation>
    </message>
    <message>
        <source>Vertical bars</source>
        <translation>Barres verticales</translation>
    </message>
    <message>
        <source>Nothing: each line is one cell</source>
        <translation>Rien&#xa0;: une cellule par ligne</translation>
    </message>
    <message>
        <source>Western European (Windows-1252)</source>
        <translation>Europe occidentale (Windows-1252)</translation>
    </message>
    <message>
        <source>Western European (Mac)</source>
        <translation>Europe occidentale (Mac)</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Another file is just being opened: open one at a time.</source>
        <translation>Un autre fichier est en cours d’ouverture&#xa0;: ouvrez-les un par un.</translation>
    </message>
    <message>
        <source>One file at a time: {file} is opened, the others are left out.</source>
        <translation>Un seul fichier à la fois&#xa0;: {file} est ouvert, les autres sont ignorés.</translation>
    </message>
    <message>
        <source>Open a batch</source>
        <translation>Ouvrir un lot</translation>
    </message>
    <message numerus="yes">
        <source>Your %n row(s) have every column that this prompt uses. Shall they stay?</source>
        <translation>
            <numerusform>Vous avez %Ln ligne, avec toutes les colonnes qu’utilise ce prompt. Faut-il la conserver&#x202f;?</numerusform>
            <numerusform>Vous avez %Ln lignes, avec toutes les colonnes qu’utilise ce prompt. Faut-il les conserver&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep my rows</source>
        <translation>Conserver mes lignes</translation>
    </message>
    <message>
        <source>Replace the rows, too</source>
        <translation>Remplacer aussi les lignes</translation>
    </message>
</context>
<context>
    <name>OtherRun</name>
    <message>
        <source>No other kept run has the same rows</source>
        <translation>Aucune autre exécution conservée n’a les mêmes lignes</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) differ from “{name}” ({model}, {time}).</source>
        <translation>
            <numerusform>%Ln ligne diffère de «&#xa0;{name}&#xa0;» ({model}, {time}).</numerusform>
            <numerusform>%Ln lignes diffèrent de «&#xa0;{name}&#xa0;» ({model}, {time}).</numerusform>
        </translation>
    </message>
    <message>
        <source>Side by side…</source>
        <translation>Côte à côte…</translation>
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
        <source>next try in {seconds} s</source>
        <translation>prochain essai dans {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>waiting until the server can be reached</source>
        <translation>en attente&#xa0;: le serveur est injoignable</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>pass {n} of {all} (cap {cap})</source>
        <translation>passe {n} sur {all} ({cap} à la fois)</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>reste environ {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>about {seconds} s left of this pass</source>
        <translation>reste environ {seconds}&#xa0;s pour cette passe</translation>
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
    <name>PromptPanel</name>
    <message>
        <source>Not used: {columns}</source>
        <translation>Non utilisé&#xa0;: {columns}</translation>
    </message>
    <message numerus="yes">
        <source>{placeholders} is sent as it is. Columns: {columns}</source>
        <translation>
            <numerusform>{placeholders} est envoyé tel quel. Colonnes&#xa0;: {columns}</numerusform>
            <numerusform>{placeholders} sont envoyés tels quels. Colonnes&#xa0;: {columns}</numerusform>
        </translation>
    </message>
    <message>
        <source>Every row gets the same prompt. Columns that it could use: {columns}</source>
        <translation>Chaque ligne reçoit le même prompt. Colonnes utilisables&#xa0;: {columns}</translation>
    </message>
    <message numerus="yes">
        <source>{column} is empty in %n row(s), first in row {row}.</source>
        <translation>
            <numerusform>{column} est vide dans %Ln ligne&#xa0;: la ligne {row}.</numerusform>
            <numerusform>{column} est vide dans %Ln lignes, d’abord à la ligne {row}.</numerusform>
        </translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Prompt système</translation>
    </message>
    <message>
        <source>Answer format</source>
        <translation>Format de réponse</translation>
    </message>
    <message>
        <source>Prompt for each row</source>
        <translation>Prompt de chaque ligne</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>Bienvenue</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Classification</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Traduction</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>Extraction</source>
        <translation>Extraction</translation>
    </message>
    <message>
        <source>For example: Write a greeting for {name}.</source>
        <translation>Par exemple&#xa0;: Rédige un message de bienvenue pour {name}.</translation>
    </message>
    <message>
        <source>Optional: how the model should behave. May use {placeholders}, too.</source>
        <translation>Facultatif&#xa0;: le comportement attendu du modèle. Peut aussi contenir des {placeholders}.</translation>
    </message>
    <message>
        <source>Preview of row</source>
        <translation>Aperçu de la ligne</translation>
    </message>
    <message>
        <source>Row to preview</source>
        <translation>Ligne de l’aperçu</translation>
    </message>
    <message>
        <source>Preview of the filled prompt</source>
        <translation>Aperçu du prompt rempli</translation>
    </message>
</context>
<context>
    <name>ProxyPage</name>
    <message>
        <source>The one of the system, if any</source>
        <translation>Celui du système, s’il existe</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Celui-ci&#xa0;:</translation>
    </message>
    <message>
        <source>Forget the login</source>
        <translation>Oublier les identifiants</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Servers on this computer are always reached directly.</source>
        <translation>Les serveurs de cet ordinateur sont toujours contactés directement.</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>déjà enregistré</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Regarder dans&#xa0;:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>Fichiers de &amp;type&#xa0;:</translation>
    </message>
</context>
<context>
    <name>Race</name>
    <message>
        <source>Waterfall of the concurrent arm</source>
        <translation>Cascade de la passe simultanée</translation>
    </message>
    <message>
        <source>Waterfall of the sequential arm</source>
        <translation>Cascade de la passe séquentielle</translation>
    </message>
    <message>
        <source>Lanes of the concurrent arm</source>
        <translation>Couloirs de la passe simultanée</translation>
    </message>
    <message>
        <source>Lanes of the sequential arm</source>
        <translation>Couloirs de la passe séquentielle</translation>
    </message>
    <message>
        <source>Plus and minus zoom, 0 shows all, left and right pan, up and down go from bar to bar.</source>
        <translation>Plus et moins pour zoomer, 0 pour tout afficher, gauche et droite pour défiler, haut et bas pour passer d’une barre à l’autre.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Couloirs</translation>
    </message>
    <message>
        <source>A row for each request, in input order</source>
        <translation>Une ligne par requête, dans l’ordre de l’entrée</translation>
    </message>
    <message>
        <source>A lane for each slot: what each of the slots did</source>
        <translation>Un couloir par place&#xa0;: ce que chaque place a fait</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Zoom avant</translation>
    </message>
    <message>
        <source>Zoom in (+, or Ctrl and the wheel)</source>
        <translation>Zoom avant (+, ou Ctrl et la molette)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Zoom arrière</translation>
    </message>
    <message>
        <source>Zoom out (-, or Ctrl and the wheel)</source>
        <translation>Zoom arrière (-, ou Ctrl et la molette)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Show the whole time (0, or a double click)</source>
        <translation>Afficher toute la durée (0, ou un double-clic)</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>{file} in {folder}</source>
        <translation>{file} dans {folder}</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Vider la liste</translation>
    </message>
</context>
<context>
    <name>RemarkActions</name>
    <message>
        <source>Mark or unmark rows</source>
        <translation>Marquer les lignes ou retirer leur marque</translation>
    </message>
    <message>
        <source>Comment on the row</source>
        <translation>Commenter la ligne</translation>
    </message>
    <message>
        <source>Undo the mark or comment</source>
        <translation>Annuler la marque ou le commentaire</translation>
    </message>
    <message>
        <source>Redo the mark or comment</source>
        <translation>Rétablir la marque ou le commentaire</translation>
    </message>
</context>
<context>
    <name>RemarkKeeper</name>
    <message>
        <source>Marks and comments are not kept. {why}</source>
        <translation>Les marques et les commentaires ne sont pas conservés. {why}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>Replaced</name>
    <message>
        <source>settings</source>
        <translation>réglages</translation>
    </message>
    <message>
        <source>What was replaced can be brought back: {parts}.</source>
        <translation>Ce qui a été remplacé peut être rétabli&#xa0;: {parts}.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Everything is as it was before.</source>
        <translation>Tout est redevenu comme avant.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>lignes</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>prompt</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>prompt système</translation>
    </message>
    <message>
        <source>answer format</source>
        <translation>format de réponse</translation>
    </message>
</context>
<context>
    <name>ResponsePane</name>
    <message>
        <source>As it was sent, but for what its server&apos;s settings added</source>
        <translation>Telle qu’envoyée, sauf ce que les réglages de son serveur y ont ajouté</translation>
    </message>
    <message>
        <source>Row {number}</source>
        <translation>Ligne {number}</translation>
    </message>
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
        <source>Mark the row</source>
        <translation>Marquer la ligne</translation>
    </message>
    <message>
        <source>Mark the row (Ctrl+M)</source>
        <translation>Marquer la ligne (Ctrl+M)</translation>
    </message>
    <message>
        <source>Comment on the row</source>
        <translation>Commenter la ligne</translation>
    </message>
    <message>
        <source>Fields of the answer</source>
        <translation>Champs de la réponse</translation>
    </message>
    <message>
        <source>Columns of the row</source>
        <translation>Colonnes de la ligne</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>The fields of the answer, one by one</source>
        <translation>Les champs de la réponse, un par un</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>What the row has in each column</source>
        <translation>Le contenu de la ligne dans chaque colonne</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>The prompt as it was sent</source>
        <translation>Le prompt tel qu’envoyé</translation>
    </message>
    <message>
        <source>Copy what stands beside the answer</source>
        <translation>Copier ce qui est affiché à côté de la réponse</translation>
    </message>
    <message>
        <source>URL, headers and body; the key is not shown</source>
        <translation>URL, en-têtes et corps&#x202f;; la clé n’est pas affichée</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Requête</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Prompt as it was sent</source>
        <translation>Prompt tel qu’envoyé</translation>
    </message>
    <message>
        <source>Request as it was sent</source>
        <translation>Requête telle qu’envoyée</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Réponse entière</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>What the answer says in its field “{name}”</source>
        <translation>Contenu du champ «&#xa0;{name}&#xa0;» de la réponse</translation>
    </message>
    <message>
        <source>What the input has in its column “{name}”</source>
        <translation>Contenu de la colonne «&#xa0;{name}&#xa0;» de l’entrée</translation>
    </message>
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
        <source>First word</source>
        <translation>Premier mot</translation>
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
        <source>Mark</source>
        <translation>Marque</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
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
        <source>Seconds from sending to the first piece of the answer: the time to first token, TTFT (only of live answers)</source>
        <translation>Temps jusqu’au premier token (TTFT)&#xa0;: secondes entre l’envoi et le premier fragment de la réponse (réponses en direct seulement)</translation>
    </message>
    <message>
        <source>What you have marked, by a click here or with Ctrl+M; it stays with the run</source>
        <translation>Ce que vous avez marqué, d’un clic ici ou avec Ctrl+M&#x202f;; la marque est conservée avec l’exécution</translation>
    </message>
    <message>
        <source>What you have noted on the row; a double click or F2 changes it</source>
        <translation>Ce que vous avez noté sur la ligne&#x202f;; un double-clic ou F2 permet de le modifier</translation>
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
        <source>All columns</source>
        <translation>Toutes les colonnes</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Search in inputs, answers and comments</source>
        <translation>Rechercher dans les entrées, les réponses et les commentaires</translation>
    </message>
    <message>
        <source>&amp;Columns of the results</source>
        <translation>&amp;Colonnes des résultats</translation>
    </message>
    <message>
        <source>Show all rows again</source>
        <translation>Afficher de nouveau toutes les lignes</translation>
    </message>
</context>
<context>
    <name>RowFilterBox</name>
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
    <message>
        <source>Marked</source>
        <translation>Marquées</translation>
    </message>
    <message>
        <source>With a comment</source>
        <translation>Avec commentaire</translation>
    </message>
    <message>
        <source>Arms differ</source>
        <translation>Passes différentes</translation>
    </message>
    <message>
        <source>Runs differ</source>
        <translation>Exécutions différentes</translation>
    </message>
    <message>
        <source>Runs differ…</source>
        <translation>Exécutions différentes…</translation>
    </message>
    <message>
        <source>Only rows whose answers are not the same in both arms</source>
        <translation>Seulement les lignes dont les réponses diffèrent d’une passe à l’autre</translation>
    </message>
    <message>
        <source>Only rows whose answers are not the same in another run</source>
        <translation>Seulement les lignes dont les réponses diffèrent de celles d’une autre exécution</translation>
    </message>
    <message>
        <source>Which rows to show</source>
        <translation>Lignes à afficher</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message numerus="yes">
        <source>Copy %n row(s)</source>
        <translation>
            <numerusform>Copier %Ln ligne</numerusform>
            <numerusform>Copier %Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Copier les lignes</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Relancer</translation>
    </message>
    <message numerus="yes">
        <source>Send again: %n request(s)</source>
        <translation>
            <numerusform>Relancer&#xa0;: %Ln requête</numerusform>
            <numerusform>Relancer&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send again, as a new run: %n request(s)</source>
        <translation>
            <numerusform>Relancer dans une nouvelle exécution&#xa0;: %Ln requête</numerusform>
            <numerusform>Relancer dans une nouvelle exécution&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy with the titles of the columns</source>
        <translation>Copier avec les titres des colonnes</translation>
    </message>
    <message>
        <source>Copy this cell</source>
        <translation>Copier cette cellule</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Copier le prompt</translation>
    </message>
    <message>
        <source>Show in the race</source>
        <translation>Afficher dans la course</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Demo</source>
        <translation>Démo</translation>
    </message>
    <message>
        <source>The server lists no model of this name. It may be gone, or have another name by now. You can send it nevertheless.</source>
        <translation>Le serveur ne propose aucun modèle de ce nom. Il a peut-être été retiré ou renommé. Vous pouvez quand même l’utiliser.</translation>
    </message>
    <message>
        <source>Limits: pace, retries, timeouts, and when to stop…</source>
        <translation>Limites&#xa0;: rythme, nouveaux essais, délais et arrêt…</translation>
    </message>
    <message>
        <source>Requests per minute: {value}</source>
        <translation>Requêtes par minute&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Stop after failed rows: {value}</source>
        <translation>Lignes en échec avant l’arrêt&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Stop after tokens: {value}</source>
        <translation>Tokens avant l’arrêt&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Retries of a row: {value}</source>
        <translation>Nouveaux essais par ligne&#xa0;: {value}</translation>
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
    <message>
        <source>Measure: repeats, sweep over caps…</source>
        <translation>Mesurer&#xa0;: répétitions, balayage…</translation>
    </message>
    <message numerus="yes">
        <source>Run the selected rows: %n request(s)</source>
        <translation>
            <numerusform>Lancer les lignes sélectionnées&#xa0;: %Ln requête</numerusform>
            <numerusform>Lancer les lignes sélectionnées&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send failed rows again: %n request(s)</source>
        <translation>
            <numerusform>Relancer les lignes en échec&#xa0;: %Ln requête</numerusform>
            <numerusform>Relancer les lignes en échec&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message>
        <source>Send failed rows again</source>
        <translation>Relancer les lignes en échec</translation>
    </message>
    <message numerus="yes">
        <source>Go on with this run: %n request(s)</source>
        <translation>
            <numerusform>Reprendre cette exécution&#xa0;: %Ln requête</numerusform>
            <numerusform>Reprendre cette exécution&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with this run</source>
        <translation>Reprendre cette exécution</translation>
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
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Live answers</source>
        <translation>Réponses en direct</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>Answers come word by word (streaming), and the time to the first word is measured. Otherwise each comes as a whole.</source>
        <translation>Les réponses arrivent mot à mot (streaming), et le temps jusqu’au premier mot est mesuré. Sinon, chacune arrive d’un seul bloc.</translation>
    </message>
    <message>
        <source>Server and key…</source>
        <translation>Serveur et clé…</translation>
    </message>
    <message>
        <source>Try the first rows…</source>
        <translation>Essayer sur les premières lignes…</translation>
    </message>
    <message numerus="yes">
        <source>Send failed and cancelled rows again: %n request(s)</source>
        <translation>
            <numerusform>Relancer les lignes en échec ou annulées&#xa0;: %Ln requête</numerusform>
            <numerusform>Relancer les lignes en échec ou annulées&#xa0;: %Ln requêtes</numerusform>
        </translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
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
        <source>Choose a model that the server lists</source>
        <translation>Choisir un modèle proposé par le serveur</translation>
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
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>RunFacts</name>
    <message>
        <source>Run</source>
        <translation>Exécution</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Set differently in the two runs</source>
        <translation>Réglage différent d’une exécution à l’autre</translation>
    </message>
    <message>
        <source>Rows that ended so, in the concurrent arm</source>
        <translation>Lignes arrivées à cet état dans la passe simultanée</translation>
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
        <source>Wall time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>From the start of the concurrent arm to the end of its last request</source>
        <translation>Du début de la passe simultanée à la fin de sa dernière requête</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Rows done ÷ wall time</source>
        <translation>Lignes terminées ÷ durée de la passe</translation>
    </message>
    <message>
        <source>In flight, mean</source>
        <translation>En cours, moyenne</translation>
    </message>
    <message>
        <source>Sum of the times of all attempts ÷ wall time</source>
        <translation>Somme des durées de tous les essais ÷ durée de la passe</translation>
    </message>
    <message>
        <source>In flight, peak</source>
        <translation>En cours, maximum</translation>
    </message>
    <message>
        <source>The most attempts that were under way at one instant</source>
        <translation>Nombre maximal d’essais en cours au même instant</translation>
    </message>
    <message>
        <source>Sent to last token, successful attempts only; nearest rank of n values</source>
        <translation>De l’envoi au dernier token, essais réussis seulement&#x202f;; valeur au rang le plus proche parmi n</translation>
    </message>
    <message>
        <source>Needs at least 20 values</source>
        <translation>Il faut au moins 20 valeurs</translation>
    </message>
    <message>
        <source>Service, median</source>
        <translation>T. service, médiane</translation>
    </message>
    <message>
        <source>Service, p95</source>
        <translation>T. service, p95</translation>
    </message>
    <message>
        <source>First word after, median</source>
        <translation>Premier mot après, médiane</translation>
    </message>
    <message>
        <source>Time to first token (TTFT): sent to first token, live answers only; nearest rank of n values</source>
        <translation>Temps jusqu’au premier token (TTFT)&#xa0;: de l’envoi au premier token, réponses en direct seulement&#x202f;; valeur au rang le plus proche parmi n</translation>
    </message>
    <message>
        <source>Live answers</source>
        <translation>Réponses en direct</translation>
    </message>
    <message>
        <source>Over the rows that are done, as the server counts; left out unless all are known</source>
        <translation>Sur les lignes terminées, comptés par le serveur&#x202f;; omis si un décompte manque</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>Tokens des prompts</translation>
    </message>
    <message>
        <source>Answer tokens</source>
        <translation>Tokens des réponses</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>How often requests were sent</source>
        <translation>Nombre d’envois de requêtes</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Nouveaux essais</translation>
    </message>
    <message>
        <source>Attempts that failed and were followed by another one</source>
        <translation>Essais en échec suivis d’un autre essai</translation>
    </message>
    <message>
        <source>{server}, simulated</source>
        <translation>{server}, simulé</translation>
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
        <source>Requests per minute</source>
        <translation>Requêtes par minute</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Prompt système</translation>
    </message>
    <message>
        <source>Answer format</source>
        <translation>Format de réponse</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>default</source>
        <translation>défaut</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{rate} rows/s</source>
        <translation>{rate}&#xa0;lignes/s</translation>
    </message>
    <message>
        <source>{seconds} s (n = {n})</source>
        <translation>{seconds}&#xa0;s (n&#xa0;=&#xa0;{n})</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Settings and figures of both runs</source>
        <translation>Réglages et chiffres des deux exécutions</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
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
        <source>Change the server…</source>
        <translation>Modifier le serveur…</translation>
    </message>
    <message numerus="yes">
        <source>{placeholders} names no column of the input, and would be sent as it is.</source>
        <translation>
            <numerusform>{placeholders} ne désigne aucune colonne de l’entrée et serait envoyé tel quel.</numerusform>
            <numerusform>{placeholders} ne désignent aucune colonne de l’entrée et seraient envoyés tels quels.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation>Aller au prompt</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Envoyer quand même</translation>
    </message>
    <message>
        <source>Waiting for the system&apos;s keyring: it may be asking you for a password.</source>
        <translation>En attente du trousseau du système&#xa0;: il vous demande peut-être un mot de passe.</translation>
    </message>
    <message numerus="yes">
        <source>Send %n request(s), at most {cap} at once.</source>
        <translation>
            <numerusform>Envoyer %Ln requête, {cap} à la fois au plus.</numerusform>
            <numerusform>Envoyer %Ln requêtes, {cap} à la fois au plus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate of {host} is not checked: somebody on the way could read the key, the prompts and the answers.</source>
        <translation>Le certificat de {host} n’est pas vérifié&#xa0;: un tiers sur le trajet pourrait lire la clé, les prompts et les réponses.</translation>
    </message>
    <message>
        <source>The connection to {host} is not encrypted: others on the way can read it.</source>
        <translation>La connexion à {host} n’est pas chiffrée&#xa0;: des tiers sur le trajet peuvent lire les échanges.</translation>
    </message>
    <message>
        <source>The batch asks for the model “{model}”, which {server} does not list. It may be gone, or have another name by now; you can send it nevertheless.</source>
        <translation>Le lot demande le modèle «&#xa0;{model}&#xa0;», que {server} ne propose pas. Il a peut-être été retiré ou renommé&#x202f;; vous pouvez quand même l’utiliser.</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Démo</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>Choisir un modèle…</translation>
    </message>
    <message>
        <source>{what} The run is paused: make room, then press Resume.</source>
        <translation>{what} L’exécution est en pause&#xa0;: libérez de la place, puis cliquez sur Reprendre.</translation>
    </message>
    <message>
        <source>The server cannot be reached any more. Nothing is lost: the run waits, and goes on by itself when the server answers again.</source>
        <translation>Le serveur n’est plus joignable. Rien n’est perdu&#xa0;: l’exécution attend et reprendra d’elle-même dès que le serveur répondra de nouveau.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
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
    <name>StepList</name>
    <message>
        <source>Something was changed after this test.</source>
        <translation>Une modification a été faite après ce test.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>Use {url}</source>
        <translation>Utiliser {url}</translation>
    </message>
</context>
<context>
    <name>SweepChart</name>
    <message>
        <source>Run a sweep to see here which cap is worth it: the same rows at caps of 1, 2, 4 and on.</source>
        <translation>Lancez un balayage pour voir ici quelle limite de requêtes simultanées choisir&#xa0;: les mêmes lignes avec une limite de 1, 2, 4, et ainsi de suite.</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>coude</translation>
    </message>
    <message>
        <source>Answers per second</source>
        <translation>Réponses par seconde</translation>
    </message>
    <message>
        <source>Cap: requests in flight at most</source>
        <translation>Simultanées&#xa0;: requêtes en cours au plus</translation>
    </message>
    <message>
        <source>Throughput = requests done ÷ wall time; bars reach from the least to the most of repeats</source>
        <translation>Débit = requêtes terminées ÷ durée de la passe&#x202f;; les barres vont du minimum au maximum des répétitions</translation>
    </message>
    <message>
        <source>Knee: the smallest cap that reaches {share} of the best throughput, if the curve bends well before the largest cap</source>
        <translation>Coude&#xa0;: la plus petite limite de requêtes simultanées qui atteint {share} du meilleur débit, si la courbe s’infléchit nettement avant la plus grande</translation>
    </message>
    <message>
        <source>Too few caps for a curve: Measure… in the Run menu sweeps over several caps.</source>
        <translation>Trop peu de limites pour une courbe&#xa0;: «&#xa0;Mesurer…&#xa0;», dans le menu Exécution, lance un balayage sur plusieurs limites.</translation>
    </message>
    <message>
        <source>No knee: throughput may still rise beyond these caps. Try larger ones, with more rows.</source>
        <translation>Pas de coude&#xa0;: le débit peut encore augmenter au-delà. Essayez des limites plus grandes, avec plus de lignes.</translation>
    </message>
    <message>
        <source>A cap of {cap} brings the best throughput, {rate} answers/s. More at once buys nothing.</source>
        <translation>Une limite de {cap} donne le meilleur débit, {rate}&#xa0;réponses/s. Au-delà, on ne gagne rien.</translation>
    </message>
    <message>
        <source>A cap of {cap} brings {share} of the best throughput ({rate} answers/s, at {best}). More at once buys little.</source>
        <translation>Une limite de {cap} donne {share} du meilleur débit ({rate}&#xa0;réponses/s, à {best}). Au-delà, on gagne peu.</translation>
    </message>
    <message>
        <source>{rate} answers/s</source>
        <translation>{rate}&#xa0;réponses/s</translation>
    </message>
    <message>
        <source>median service time {time}</source>
        <translation>temps de service médian {time}</translation>
    </message>
    <message>
        <source>{low} to {high} in {repeats} repeats</source>
        <translation>{low} à {high} sur {repeats} répétitions</translation>
    </message>
    <message>
        <source>Cap {cap}</source>
        <translation>{cap} à la fois</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n&#xa0;=&#xa0;{n}</translation>
    </message>
    <message>
        <source>n = {n} of {sent}</source>
        <translation>n&#xa0;=&#xa0;{n} sur {sent}</translation>
    </message>
    <message>
        <source>Click a point to choose its cap.</source>
        <translation>Cliquez sur un point pour choisir sa limite.</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Balayage</translation>
    </message>
    <message>
        <source>Chart of the throughput over the cap</source>
        <translation>Graphique du débit selon la limite de requêtes simultanées</translation>
    </message>
    <message>
        <source>Use this cap</source>
        <translation>Choisir cette limite</translation>
    </message>
</context>
<context>
    <name>TableEditor</name>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Name the columns</source>
        <translation>Nommer les colonnes</translation>
    </message>
    <message>
        <source>Number the columns</source>
        <translation>Numéroter les colonnes</translation>
    </message>
    <message>
        <source>Clear cells</source>
        <translation>Effacer les cellules</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>Ajouter une ligne</translation>
    </message>
    <message>
        <source>Remove rows</source>
        <translation>Supprimer les lignes</translation>
    </message>
    <message>
        <source>Move rows</source>
        <translation>Déplacer les lignes</translation>
    </message>
    <message>
        <source>Remove duplicates</source>
        <translation>Supprimer les doublons</translation>
    </message>
    <message numerus="yes">
        <source>%n duplicate row(s) removed.</source>
        <translation>
            <numerusform>%Ln ligne en double supprimée.</numerusform>
            <numerusform>%Ln lignes en double supprimées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename the column</source>
        <translation>Renommer la colonne</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Ajouter une colonne</translation>
    </message>
    <message>
        <source>Name of the column</source>
        <translation>Nom de la colonne</translation>
    </message>
    <message>
        <source>Remove columns</source>
        <translation>Supprimer les colonnes</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove rows that repeat in the selected columns</source>
        <translation>Supprimer les lignes qui se répètent dans les colonnes sélectionnées</translation>
    </message>
    <message>
        <source>Add a column…</source>
        <translation>Ajouter une colonne…</translation>
    </message>
    <message>
        <source>Rename the column…</source>
        <translation>Renommer la colonne…</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>Première ligne comme noms de colonnes</translation>
    </message>
    <message>
        <source>The names of the columns are a row</source>
        <translation>Noms de colonnes comme première ligne</translation>
    </message>
    <message>
        <source>Table of the input</source>
        <translation>Tableau de l’entrée</translation>
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
        <source>Race</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Chiffres</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latence</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Balayage</translation>
    </message>
    <message>
        <source>What if?</source>
        <translation>Et si&#x202f;?</translation>
    </message>
    <message>
        <source>Run the batch to see here what sending requests at once buys over sending them one by one.</source>
        <translation>Lancez le lot pour voir ici ce que l’on gagne à envoyer les requêtes simultanément plutôt qu’une par une.</translation>
    </message>
</context>
<context>
    <name>TrialDialog</name>
    <message>
        <source>Try the first rows</source>
        <translation>Essayer sur les premières lignes</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Premières lignes</translation>
    </message>
    <message numerus="yes">
        <source>Run %n request(s)</source>
        <translation>
            <numerusform>Lancer %Ln requête</numerusform>
            <numerusform>Lancer %Ln requêtes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaterfallModel</name>
    <message>
        <source>Queue {queue}, wait {wait}, stream {stream}</source>
        <translation>En file {queue}, en attente {wait}, en réception {stream}</translation>
    </message>
    <message numerus="yes">
        <source>Back-off {backoff}, %n attempt(s)</source>
        <translation>
            <numerusform>Pauses entre essais {backoff}, %Ln essai</numerusform>
            <numerusform>Pauses entre essais {backoff}, %Ln essais</numerusform>
        </translation>
    </message>
    <message>
        <source>First word after {ttft}, service {service}, response {response}</source>
        <translation>Premier mot après {ttft}, temps de service {service}, temps de réponse {response}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>Not enough data: no answer to go by.</source>
        <translation>Données insuffisantes&#xa0;: aucune réponse sur laquelle s’appuyer.</translation>
    </message>
    <message>
        <source>Run a batch first. Then choose another cap or pace, to see what it would take.</source>
        <translation>Lancez d’abord un lot. Choisissez ensuite une autre limite de requêtes simultanées ou un autre rythme pour voir la durée qui en résulterait.</translation>
    </message>
    <message>
        <source>between {low} s and {high} s</source>
        <translation>entre {low}&#xa0;s et {high}&#xa0;s</translation>
    </message>
    <message>
        <source>about {seconds} s</source>
        <translation>environ {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Estimation</translation>
    </message>
    <message>
        <source>{rate} answers per second, {mean} in flight on average</source>
        <translation>{rate}&#xa0;réponses/s, {mean} en cours en moyenne</translation>
    </message>
    <message>
        <source>A comparison with sequential would narrow it down.</source>
        <translation>Une comparaison au séquentiel permettrait de l’affiner.</translation>
    </message>
    <message>
        <source>This is simulated from the run on show, and assumes:</source>
        <translation>Simulation d’après l’exécution affichée, avec ces hypothèses&#xa0;:</translation>
    </message>
    <message>
        <source>Estimates can be made as soon as the run has ended and is measured.</source>
        <translation>Les estimations seront possibles dès que l’exécution sera terminée et mesurée.</translation>
    </message>
    <message>
        <source>Cap</source>
        <translation>Simultanées</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Requêtes par minute</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>{file} already exists. Do you want to replace it?</source>
        <translation>{file} existe déjà. Voulez-vous le remplacer&#x202f;?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
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
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Prompt système</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Most tokens of an answer</source>
        <translation>Tokens max par réponse</translation>
    </message>
    <message>
        <source>Answer format</source>
        <translation>Format de réponse</translation>
    </message>
    <message>
        <source>Live answers (streaming)</source>
        <translation>Réponses en direct (streaming)</translation>
    </message>
    <message>
        <source>Arm</source>
        <translation>Passe</translation>
    </message>
    <message>
        <source>Most requests at once</source>
        <translation>Requêtes simultanées au plus</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>Requêtes par minute</translation>
    </message>
    <message>
        <source>Retries of a row</source>
        <translation>Nouveaux essais par ligne</translation>
    </message>
    <message>
        <source>Rows of the run</source>
        <translation>Lignes de l’exécution</translation>
    </message>
    <message>
        <source>Rows in this file</source>
        <translation>Lignes dans ce fichier</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>en file</translation>
    </message>
    <message>
        <source>waiting for the first token</source>
        <translation>en attente du premier token</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>en réception</translation>
    </message>
    <message>
        <source>backing off</source>
        <translation>nouvel essai</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>en échec</translation>
    </message>
    <message>
        <source>Each line stands for {n} rows.</source>
        <translation>Chaque trait représente {n} lignes.</translation>
    </message>
    <message>
        <source>{arm}, cap {cap}</source>
        <translation>{arm}, {cap} à la fois</translation>
    </message>
    <message>
        <source>row</source>
        <translation>ligne</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>prompt</translation>
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
        <source>mark</source>
        <translation>marque</translation>
    </message>
    <message>
        <source>comment</source>
        <translation>commentaire</translation>
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
        <source>HTTP status</source>
        <translation>statut HTTP</translation>
    </message>
    <message>
        <source>attempts</source>
        <translation>essais</translation>
    </message>
    <message>
        <source>queue (s)</source>
        <translation>temps en file (s)</translation>
    </message>
    <message>
        <source>first token (s)</source>
        <translation>premier token (s)</translation>
    </message>
    <message>
        <source>service (s)</source>
        <translation>temps de service (s)</translation>
    </message>
    <message>
        <source>response (s)</source>
        <translation>temps de réponse (s)</translation>
    </message>
    <message>
        <source>prompt tokens</source>
        <translation>tokens du prompt</translation>
    </message>
    <message>
        <source>answer tokens</source>
        <translation>tokens de la réponse</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modèle</translation>
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
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>complète</translation>
    </message>
    <message>
        <source>cut off at the most tokens</source>
        <translation>coupée à la limite de tokens</translation>
    </message>
    <message>
        <source>cut off by a content filter</source>
        <translation>coupée par un filtre de contenu</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Cells that were too long and were cut</source>
        <translation>Cellules trop longues, coupées</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
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
        <source>Race</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Exécution</translation>
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
        <source>The server could not be reached</source>
        <translation>Le serveur est injoignable</translation>
    </message>
    <message>
        <source>Check the base URL and its port, and that the server is running.</source>
        <translation>Vérifiez l’URL de base et son port, et que le serveur est en marche.</translation>
    </message>
    <message>
        <source>The proxy did not let the request through</source>
        <translation>Le proxy n’a pas laissé passer la requête</translation>
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
        <source>The answer is too large to be taken in</source>
        <translation>La réponse est trop volumineuse pour être reçue</translation>
    </message>
    <message>
        <source>Limit the answer with “Max tokens”, then run the row again.</source>
        <translation>Limitez la réponse avec «&#xa0;Tokens max&#xa0;», puis relancez la ligne.</translation>
    </message>
    <message>
        <source>The answer is not JSON, which the answer format asks for</source>
        <translation>La réponse n’est pas du JSON, contrairement à ce que demande le format de réponse</translation>
    </message>
    <message>
        <source>Ask in the prompt for JSON and nothing else, and see that “Max tokens” does not cut it off; not every model and server heeds an answer format.</source>
        <translation>Demandez dans le prompt du JSON et rien d’autre, et vérifiez que «&#xa0;Tokens max&#xa0;» ne coupe pas la réponse&#x202f;; certains modèles et serveurs ne tiennent pas compte d’un format de réponse.</translation>
    </message>
    <message>
        <source>The answer does not match the answer format</source>
        <translation>La réponse n’est pas conforme au format de réponse</translation>
    </message>
    <message>
        <source>Say in the prompt what each field is to hold, or loosen the answer format; not every model and server heeds one.</source>
        <translation>Précisez dans le prompt ce que doit contenir chaque champ, ou assouplissez le format de réponse&#x202f;; certains modèles et serveurs n’en tiennent pas compte.</translation>
    </message>
    <message>
        <source>The answer could not be held against the answer format in time</source>
        <translation>La réponse n’a pas pu être comparée à temps au format de réponse</translation>
    </message>
    <message>
        <source>Simplify the patterns and references of the answer format, then run the row again.</source>
        <translation>Simplifiez les motifs et les références du format de réponse, puis relancez la ligne.</translation>
    </message>
    <message>
        <source>The answer came, but could not be written to the disk</source>
        <translation>La réponse est arrivée, mais n’a pas pu être écrite sur le disque</translation>
    </message>
    <message>
        <source>Copy or export it now; make room before you run the row again.</source>
        <translation>Copiez-la ou exportez-la maintenant&#x202f;; libérez de la place avant de relancer la ligne.</translation>
    </message>
    <message>
        <source>Enter the name that the certificate is made for in the base URL.</source>
        <translation>Saisissez dans l’URL de base le nom pour lequel le certificat a été établi.</translation>
    </message>
    <message>
        <source>Ask its administrator for the certificate file, and choose it in the settings of this server, under Advanced, as Authority file.</source>
        <translation>Demandez le fichier du certificat à son administrateur, puis choisissez-le dans les réglages de ce serveur, sous «&#xa0;Avancé&#xa0;», comme «&#xa0;Fichier d’autorité&#xa0;».</translation>
    </message>
    <message>
        <source>Ask your IT department for the file of its certificate authority, and choose it in the settings of this server, under Advanced, as Authority file.</source>
        <translation>Demandez à votre service informatique le fichier de son autorité de certification, puis choisissez-le dans les réglages de ce serveur, sous «&#xa0;Avancé&#xa0;», comme «&#xa0;Fichier d’autorité&#xa0;».</translation>
    </message>
    <message>
        <source>The authority file is not that of the server&apos;s certificate</source>
        <translation>Le fichier d’autorité n’est pas celui du certificat du serveur</translation>
    </message>
    <message>
        <source>Choose the root or the intermediate certificate of the authority that issued it, as Authority file under Advanced in the settings of this server. A test of the connection names it.</source>
        <translation>Choisissez le certificat racine ou intermédiaire de l’autorité qui l’a délivré, comme «&#xa0;Fichier d’autorité&#xa0;» sous «&#xa0;Avancé&#xa0;» dans les réglages de ce serveur. Un test de la connexion indique le nom de cette autorité.</translation>
    </message>
    <message>
        <source>The proxy cannot be reached</source>
        <translation>Le proxy est injoignable</translation>
    </message>
    <message>
        <source>Check the proxy in the settings of this server, or of your system (HTTPS_PROXY), and your network or VPN.</source>
        <translation>Vérifiez le proxy dans les réglages de ce serveur ou de votre système (HTTPS_PROXY), ainsi que votre réseau ou votre VPN.</translation>
    </message>
    <message>
        <source>The proxy forbids this server</source>
        <translation>Le proxy interdit l’accès à ce serveur</translation>
    </message>
    <message>
        <source>Ask your IT department to allow the server on its proxy.</source>
        <translation>Demandez à votre service informatique d’autoriser ce serveur sur son proxy.</translation>
    </message>
    <message>
        <source>The proxy asks for a user name and a password</source>
        <translation>Le proxy demande un nom d’utilisateur et un mot de passe</translation>
    </message>
    <message>
        <source>Enter them in the settings of this server, under Advanced, Proxy.</source>
        <translation>Saisissez-les dans les réglages de ce serveur, sous «&#xa0;Avancé&#xa0;», «&#xa0;Proxy&#xa0;».</translation>
    </message>
    <message>
        <source>The proxy does not find the server</source>
        <translation>Le proxy ne trouve pas le serveur</translation>
    </message>
    <message>
        <source>Check the base URL; a server of your own network may need no proxy at all.</source>
        <translation>Vérifiez l’URL de base&#x202f;; un serveur de votre propre réseau n’a peut-être besoin d’aucun proxy.</translation>
    </message>
    <message>
        <source>The proxy could not reach the server in time</source>
        <translation>Le proxy n’a pas pu joindre le serveur à temps</translation>
    </message>
    <message>
        <source>The proxy refuses the user name or the password</source>
        <translation>Le proxy refuse le nom d’utilisateur ou le mot de passe</translation>
    </message>
    <message>
        <source>It was asked once, and not again: further attempts could lock the account. Correct them in the settings of this server, under Advanced, Proxy.</source>
        <translation>Un seul essai a été fait&#xa0;: d’autres pourraient verrouiller le compte. Corrigez ces identifiants dans les réglages de ce serveur, sous «&#xa0;Avancé&#xa0;», «&#xa0;Proxy&#xa0;».</translation>
    </message>
    <message>
        <source>There is no list of models at this address</source>
        <translation>Il n’y a pas de liste de modèles à cette adresse</translation>
    </message>
    <message>
        <source>Check the base URL: Paradigm’s ends in /api/v2.</source>
        <translation>Vérifiez l’URL de base&#xa0;: celle de Paradigm se termine par /api/v2.</translation>
    </message>
    <message>
        <source>The API is probably at {url}: enter that as the base URL.</source>
        <translation>L’API se trouve probablement à l’adresse {url}&#xa0;: saisissez celle-ci comme URL de base.</translation>
    </message>
    <message>
        <source>The extra fields are not valid JSON (line {line}).</source>
        <translation>Les champs supplémentaires ne sont pas du JSON valide (ligne {line}).</translation>
    </message>
    <message>
        <source>The extra fields must be a JSON object, for example {{&quot;top_k&quot;: 20}}.</source>
        <translation>Les champs supplémentaires doivent former un objet JSON, par exemple {{&quot;top_k&quot;: 20}}.</translation>
    </message>
    <message>
        <source>The extra field “{name}” is set elsewhere in the window. Leave it out here.</source>
        <translation>Le champ supplémentaire «&#xa0;{name}&#xa0;» se règle ailleurs dans la fenêtre. Retirez-le d’ici.</translation>
    </message>
    <message>
        <source>The extra field “{name}” looks like a key. Extra fields are kept in a plain file, so a key must not stand there.</source>
        <translation>Le champ supplémentaire «&#xa0;{name}&#xa0;» ressemble à une clé. Ces champs sont conservés en clair dans un fichier&#xa0;: aucune clé ne doit y figurer.</translation>
    </message>
    <message>
        <source>The extra fields are longer than {most} characters.</source>
        <translation>Les champs supplémentaires dépassent {most} caractères.</translation>
    </message>
    <message>
        <source>The name is too long, or holds characters that cannot be shown.</source>
        <translation>Le nom est trop long ou contient des caractères impossibles à afficher.</translation>
    </message>
    <message>
        <source>The field “account” has a wrong value.</source>
        <translation>La valeur du champ «&#xa0;account&#xa0;» est incorrecte.</translation>
    </message>
    <message>
        <source>The certificate file has a wrong name.</source>
        <translation>Le nom du fichier de certificat est incorrect.</translation>
    </message>
    <message>
        <source>The cap is out of range.</source>
        <translation>La limite de requêtes simultanées est en dehors des valeurs admises.</translation>
    </message>
    <message>
        <source>The requests per minute are out of range.</source>
        <translation>Le nombre de requêtes par minute est en dehors des valeurs admises.</translation>
    </message>
    <message>
        <source>The organisation must be one word without accents, as the server&apos;s console shows it.</source>
        <translation>L’organisation doit être un seul mot sans accents, tel que l’affiche la console du serveur.</translation>
    </message>
    <message>
        <source>The project must be one word without accents, as the server&apos;s console shows it.</source>
        <translation>Le projet doit être un seul mot sans accents, tel que l’affiche la console du serveur.</translation>
    </message>
    <message>
        <source>“{name}” is not the name of a header. Write one header a line, as in “X-Team: sales”.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un nom d’en-tête. Écrivez un en-tête par ligne, par exemple «&#xa0;X-Team: sales&#xa0;».</translation>
    </message>
    <message>
        <source>The header “{name}” has no value, or one with characters that cannot be sent.</source>
        <translation>L’en-tête «&#xa0;{name}&#xa0;» n’a pas de valeur, ou sa valeur contient des caractères impossibles à envoyer.</translation>
    </message>
    <message>
        <source>The header “{name}” is written by the program itself. Leave it out.</source>
        <translation>L’en-tête «&#xa0;{name}&#xa0;» est écrit par l’application elle-même. Retirez-le.</translation>
    </message>
    <message>
        <source>The header “{name}” looks like a key. Headers are kept in a plain file: enter it under Secret header; or, if it carries the API key itself, name it as the header of the key.</source>
        <translation>L’en-tête «&#xa0;{name}&#xa0;» ressemble à une clé. Les en-têtes sont conservés en clair dans un fichier&#xa0;: saisissez-le sous «&#xa0;En-tête secret&#xa0;»&#x202f;; ou, s’il porte la clé API elle-même, indiquez son nom sous «&#xa0;En-tête de la clé&#xa0;».</translation>
    </message>
    <message>
        <source>The header “{name}” stands there twice.</source>
        <translation>L’en-tête «&#xa0;{name}&#xa0;» figure deux fois.</translation>
    </message>
    <message>
        <source>There are more than {most} headers.</source>
        <translation>Il y a plus de {most} en-têtes.</translation>
    </message>
    <message>
        <source>The address of the proxy is empty.</source>
        <translation>L’adresse du proxy est vide.</translation>
    </message>
    <message>
        <source>The address of the proxy “{value}” contains spaces or line breaks.</source>
        <translation>L’adresse du proxy «&#xa0;{value}&#xa0;» contient des espaces ou des retours à la ligne.</translation>
    </message>
    <message>
        <source>The proxy “{value}” must begin with http:// or https://; SOCKS is not supported.</source>
        <translation>L’adresse du proxy «&#xa0;{value}&#xa0;» doit commencer par http:// ou https://&#x202f;; SOCKS n’est pas pris en charge.</translation>
    </message>
    <message>
        <source>The proxy “{value}” lacks the name of a server.</source>
        <translation>Il manque le nom du serveur dans l’adresse du proxy «&#xa0;{value}&#xa0;».</translation>
    </message>
    <message>
        <source>The proxy “{value}” has a wrong port or address.</source>
        <translation>Le port ou l’adresse du proxy «&#xa0;{value}&#xa0;» est incorrect.</translation>
    </message>
    <message>
        <source>The address of the proxy must not contain a user name or a password. They have fields of their own.</source>
        <translation>L’adresse du proxy ne doit contenir ni nom d’utilisateur ni mot de passe. Saisissez-les dans les champs prévus.</translation>
    </message>
    <message>
        <source>{path}: line {line} contains a character that no text has ({character}).</source>
        <translation>{path}&#xa0;: la ligne {line} contient un caractère qu’aucun texte ne comporte ({character}).</translation>
    </message>
    <message>
        <source>{path}: line {line} is not valid {encoding}. Choose another encoding, or mend the line.</source>
        <translation>{path}&#xa0;: la ligne {line} n’est pas valide en {encoding}. Choisissez un autre encodage ou corrigez la ligne.</translation>
    </message>
    <message>
        <source>{path}: the field “{field}” has a wrong value (expected: {expected}).</source>
        <translation>{path}&#xa0;: la valeur du champ «&#xa0;{field}&#xa0;» est incorrecte (valeur attendue&#xa0;: {expected}).</translation>
    </message>
    <message>
        <source>Where the authority file {path} is on this computer is not known. Choose it under Advanced in the settings of the server.</source>
        <translation>L’emplacement du fichier d’autorité {path} sur cet ordinateur est inconnu. Choisissez ce fichier sous «&#xa0;Avancé&#xa0;» dans les réglages du serveur.</translation>
    </message>
    <message>
        <source>The certificate file {path} does not exist.</source>
        <translation>Le fichier de certificat {path} n’existe pas.</translation>
    </message>
    <message>
        <source>The certificate file {path} cannot be read.</source>
        <translation>Le fichier de certificat {path} ne peut pas être lu.</translation>
    </message>
    <message>
        <source>{path} holds no certificate that can be read. Ask for the certificate authority as a PEM file.</source>
        <translation>{path} ne contient aucun certificat lisible. Demandez le certificat de l’autorité de certification sous forme de fichier PEM.</translation>
    </message>
    <message>
        <source>The answer format is not valid JSON (line {line}).</source>
        <translation>Le format de réponse n’est pas du JSON valide (ligne {line}).</translation>
    </message>
    <message>
        <source>The answer format must be a JSON schema, for example {{&quot;type&quot;: &quot;object&quot;}}.</source>
        <translation>Le format de réponse doit être un schéma JSON, par exemple {{&quot;type&quot;: &quot;object&quot;}}.</translation>
    </message>
    <message>
        <source>The answer format is longer than {most} characters; leave out what it can do without.</source>
        <translation>Le format de réponse dépasse {most} caractères&#x202f;; retirez-en ce qui n’est pas indispensable.</translation>
    </message>
    <message>
        <source>The answer format is nested too deeply.</source>
        <translation>Le format de réponse comporte trop de niveaux d’imbrication.</translation>
    </message>
    <message>
        <source>The answer format names a dialect in “$schema” that is not known. Leave it out, or name draft 6, 7, 2019-09 or 2020-12.</source>
        <translation>Le format de réponse indique dans «&#xa0;$schema&#xa0;» un dialecte inconnu. Retirez-le, ou indiquez draft 6, 7, 2019-09 ou 2020-12.</translation>
    </message>
    <message>
        <source>The answer format is not a valid JSON schema ({where}: {words}).</source>
        <translation>Le format de réponse n’est pas un schéma JSON valide ({where}&#xa0;: {words}).</translation>
    </message>
    <message>
        <source>The answer format refers to “{name}”, which is not in it. Nothing is fetched: put it under “$defs”.</source>
        <translation>Le format de réponse renvoie à «&#xa0;{name}&#xa0;», qui n’y figure pas. Rien n’est téléchargé&#xa0;: placez cet élément sous «&#xa0;$defs&#xa0;».</translation>
    </message>
    <message>
        <source>{path}: not a readable spreadsheet. It may be damaged, or be of another kind than its name says.</source>
        <translation>{path}&#xa0;: ce classeur est illisible. Il est peut-être endommagé, ou d’un autre type que celui indiqué par son nom.</translation>
    </message>
    <message>
        <source>An API key has at most {most} characters, and this is longer. Copy the key again, and nothing else.</source>
        <translation>Une clé API compte au plus {most} caractères, et celle-ci est plus longue. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>The secret of the header cannot be used.</source>
        <translation>Le secret de l’en-tête ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>Enter the secret that the header carries.</source>
        <translation>Saisissez le secret que porte l’en-tête.</translation>
    </message>
    <message>
        <source>The secret of the header contains characters that cannot be sent.</source>
        <translation>Le secret de l’en-tête contient des caractères impossibles à envoyer.</translation>
    </message>
    <message>
        <source>The secret of the header has at most {most} characters, and this is longer.</source>
        <translation>Le secret de l’en-tête est trop long&#xa0;: {most} caractères au plus.</translation>
    </message>
    <message>
        <source>Enter the name of the header for this secret, too.</source>
        <translation>Saisissez aussi le nom de l’en-tête qui porte ce secret.</translation>
    </message>
    <message>
        <source>The user name for the proxy is empty.</source>
        <translation>Le nom d’utilisateur pour le proxy est vide.</translation>
    </message>
    <message>
        <source>The user name or the password for the proxy contains characters that cannot be sent.</source>
        <translation>Le nom d’utilisateur ou le mot de passe pour le proxy contient des caractères impossibles à envoyer.</translation>
    </message>
    <message>
        <source>The user name or the password for the proxy is too long.</source>
        <translation>Le nom d’utilisateur ou le mot de passe pour le proxy est trop long.</translation>
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
        <source>The certificates that {variable} names cannot be read. Correct the variable, or remove it to use those of the system.</source>
        <translation>Les certificats désignés par {variable} ne peuvent pas être lus. Corrigez cette variable, ou supprimez-la pour utiliser les certificats du système.</translation>
    </message>
    <message>
        <source>The certificates of this system cannot be read. Ask whoever looks after this computer.</source>
        <translation>Les certificats de ce système ne peuvent pas être lus. Adressez-vous à la personne qui gère cet ordinateur.</translation>
    </message>
    <message>
        <source>{path} contains nothing to send.</source>
        <translation>{path} ne contient rien à envoyer.</translation>
    </message>
    <message>
        <source>{path} is a workbook of the old binary kind. Save it as .xlsx, then open it again.</source>
        <translation>{path} est un classeur à l’ancien format binaire. Enregistrez-le au format .xlsx, puis ouvrez-le de nouveau.</translation>
    </message>
    <message>
        <source>{path} is protected by a password. Save it without one, then open it again.</source>
        <translation>{path} est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis ouvrez-le de nouveau.</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} n’existe pas.</translation>
    </message>
    <message>
        <source>{path} is too large: {size} MB, and at most {limit} MB can be read.</source>
        <translation>{path} est trop volumineux&#xa0;: {size}&#xa0;Mo, alors que la lecture est limitée à {limit}&#xa0;Mo.</translation>
    </message>
    <message>
        <source>{path} would take {size} MB when it is unpacked, and at most {limit} MB can be read.</source>
        <translation>{path} occuperait {size}&#xa0;Mo une fois décompressé, alors que la lecture est limitée à {limit}&#xa0;Mo.</translation>
    </message>
    <message>
        <source>The input is not the one that was run: {what}. Start a new run instead.</source>
        <translation>L’entrée n’est pas celle de cette exécution&#xa0;: {what}. Lancez plutôt une nouvelle exécution.</translation>
    </message>
    <message>
        <source>No API key for {host}. Add one in the window, or set PARADIGM_API_KEY. If this server needs none, say so in its settings in the window.</source>
        <translation>Aucune clé API pour {host}. Ajoutez-en une dans la fenêtre, ou définissez PARADIGM_API_KEY. Si ce serveur n’en demande aucune, indiquez-le dans ses réglages, dans la fenêtre.</translation>
    </message>
    <message>
        <source>No API key for {host}: the system&apos;s keyring stayed locked. Unlock it when it asks, or enter the key for this session.</source>
        <translation>Aucune clé API pour {host}&#xa0;: le trousseau du système est resté verrouillé. Déverrouillez-le quand il le demande, ou saisissez la clé pour cette session.</translation>
    </message>
    <message>
        <source>{path}: there are more than {limit} cells; split the table.</source>
        <translation>{path}&#xa0;: il y a plus de {limit} cellules&#x202f;; divisez le tableau.</translation>
    </message>
    <message>
        <source>{path}: there are more than {limit} columns.</source>
        <translation>{path}&#xa0;: il y a plus de {limit} colonnes.</translation>
    </message>
    <message>
        <source>No API key for {host}: the system&apos;s keyring did not let this program in. Allow it and try again, or enter the key for this session.</source>
        <translation>Aucune clé API pour {host}&#xa0;: le trousseau du système a refusé l’accès à cette application. Autorisez-le et réessayez, ou saisissez la clé pour cette session.</translation>
    </message>
    <message>
        <source>{path}: the saved servers cannot be read. Repair or remove the file.</source>
        <translation>{path}&#xa0;: les serveurs enregistrés ne peuvent pas être lus. Réparez ou supprimez ce fichier.</translation>
    </message>
    <message>
        <source>The secret of the header {header} is missing for {host}. Enter it under Advanced.</source>
        <translation>Il manque le secret de l’en-tête {header} pour {host}. Saisissez-le sous «&#xa0;Avancé&#xa0;».</translation>
    </message>
    <message>
        <source>No secret for the header {header} of {host}: the system&apos;s keyring stayed locked. Unlock it when it asks, or enter the secret for this session.</source>
        <translation>Aucun secret pour l’en-tête {header} de {host}&#xa0;: le trousseau du système est resté verrouillé. Déverrouillez-le quand il le demande, ou saisissez le secret pour cette session.</translation>
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
        <source>There is no server named “{name}”. Known: {known}.</source>
        <translation>Aucun serveur ne s’appelle «&#xa0;{name}&#xa0;». Serveurs connus&#xa0;: {known}.</translation>
    </message>
    <message>
        <source>{path} has no sheet named “{sheet}”. Its sheets: {known}.</source>
        <translation>{path} ne contient pas de feuille «&#xa0;{sheet}&#xa0;». Feuilles du classeur&#xa0;: {known}.</translation>
    </message>
    <message>
        <source>the model, its parameters, the system prompt or the answer format are different</source>
        <translation>le modèle, ses paramètres, le prompt système ou le format de réponse sont différents</translation>
    </message>
    <message>
        <source>Not enough data to say why: the slowest of {n} answers took {slowest_s} s by this clock.</source>
        <translation>Données insuffisantes pour expliquer ce résultat&#xa0;: la plus lente des {n} réponses a pris {slowest_s}&#xa0;s selon cette horloge.</translation>
    </message>
    <message>
        <source>Your limit of {rate} requests per minute set the pace: sending took {sending_s} s of {wall_s} s.</source>
        <translation>Votre limite de {rate} requêtes par minute a fixé le rythme&#xa0;: l’envoi a pris {sending_s}&#xa0;s sur {wall_s}&#xa0;s.</translation>
    </message>
    <message>
        <source>All {rows} rows were sent at once, so a higher cap than {cap} would change nothing: the slowest took {slowest_s} s of {wall_s} s.</source>
        <translation>Toutes les lignes ({rows}) sont parties en même temps&#xa0;: porter «&#xa0;Simultanées&#xa0;» au-delà de {cap} ne changerait rien&#x202f;; la plus lente a pris {slowest_s}&#xa0;s sur {wall_s}&#xa0;s.</translation>
    </message>
    <message>
        <source>{rows} rows are few for {cap} slots: for {drain_s} s of {wall_s} s there was none left to send, and on average {mean_in_flight} slots were busy.</source>
        <translation>{rows} lignes, c’est peu pour {cap} places&#xa0;: pendant {drain_s}&#xa0;s sur {wall_s}&#xa0;s, il ne restait plus rien à envoyer, et en moyenne {mean_in_flight} places étaient occupées.</translation>
    </message>
    <message>
        <source>The slowest request held up the end: {slowest_s} s ({alone_s} s alone), against a median of {median_s} s. The last {tail_s} s went to {slow} of {n} alone.</source>
        <translation>La requête la plus lente a retardé la fin&#xa0;: {slowest_s}&#xa0;s ({alone_s}&#xa0;s seule), pour une médiane de {median_s}&#xa0;s. Les {tail_s}&#xa0;s de la fin n’ont servi qu’à {slow} des {n} requêtes.</translation>
    </message>
    <message>
        <source>The slowest request held up the end: {slowest_s} s, against a median of {median_s} s. The last {tail_s} s went to {slow} of {n} alone.</source>
        <translation>La requête la plus lente a retardé la fin&#xa0;: {slowest_s}&#xa0;s, pour une médiane de {median_s}&#xa0;s. Les {tail_s}&#xa0;s de la fin n’ont servi qu’à {slow} des {n} requêtes.</translation>
    </message>
    <message>
        <source>The server limited the rate: it refused {refused} of {attempts} attempts, and for {idle_s} s of {wall_s} s it worked on none.</source>
        <translation>Le serveur a limité le débit, avec {refused} refus sur {attempts} essais&#x202f;; pendant {idle_s}&#xa0;s sur {wall_s}&#xa0;s, il n’en traitait aucun.</translation>
    </message>
    <message>
        <source>{retries} of {attempts} attempts failed and were repeated, which cost {lost_s} s in all.</source>
        <translation>Essais en échec suivis d’un autre essai&#xa0;: {retries} sur {attempts}, ce qui a coûté {lost_s}&#xa0;s au total.</translation>
    </message>
    <message>
        <source>This computer itself was busy: the program reacted up to {lag_p99_s} s late (p99), against {median_s} s for a request (median).</source>
        <translation>Cet ordinateur était lui-même chargé&#xa0;: l’application a réagi avec un retard allant jusqu’à {lag_p99_s}&#xa0;s (p99), alors qu’une requête a pris {median_s}&#xa0;s (médiane).</translation>
    </message>
    <message>
        <source>No single cause stands out: on average, {mean_in_flight} of {allowed} were in flight, and one took {alone_s} s alone, {loaded_s} s among the others (means of {n}).</source>
        <translation>Aucune cause ne se détache&#xa0;: en moyenne, {mean_in_flight} requêtes sur {allowed} étaient en cours, et une requête a pris {alone_s}&#xa0;s seule, {loaded_s}&#xa0;s parmi les autres (moyennes sur {n}).</translation>
    </message>
    <message>
        <source>In {rounds} rounds the factor was {lowest} to {highest}.</source>
        <translation>Sur {rounds} répétitions, l’accélération va de {lowest} à {highest}.</translation>
    </message>
    <message>
        <source>kept for this session only</source>
        <translation>conservée pour cette session seulement</translation>
    </message>
    <message>
        <source>The server points to another address</source>
        <translation>Le serveur renvoie vers une autre adresse</translation>
    </message>
    <message>
        <source>Check the proxy in the settings of this server, or of your system (HTTPS_PROXY).</source>
        <translation>Vérifiez le proxy dans les réglages de ce serveur ou de votre système (HTTPS_PROXY).</translation>
    </message>
    <message>
        <source>Check the base URL for typing errors, and your network or VPN. If your organisation reaches the internet through a proxy, name it in the settings of this server, under Advanced, Proxy.</source>
        <translation>Vérifiez que l’URL de base ne contient pas de faute de frappe, ainsi que votre réseau ou votre VPN. Si votre organisation accède à internet par un proxy, indiquez-le dans les réglages de ce serveur, sous «&#xa0;Avancé&#xa0;», «&#xa0;Proxy&#xa0;».</translation>
    </message>
    <message>
        <source>No encrypted connection to the server could be made</source>
        <translation>Aucune connexion chiffrée au serveur n’a pu être établie</translation>
    </message>
    <message>
        <source>Test the connection in the settings of this server: it says more. If your organisation has a certificate authority of its own, choose its file there, under Advanced, as Authority file.</source>
        <translation>Testez la connexion dans les réglages de ce serveur&#xa0;: vous en saurez plus. Si votre organisation a sa propre autorité de certification, choisissez-y le fichier de celle-ci, sous «&#xa0;Avancé&#xa0;», comme «&#xa0;Fichier d’autorité&#xa0;».</translation>
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
        <source>The proxy in {variable} cannot be used: it must be like http://proxy.example:3128; SOCKS is not supported. Correct it, or choose the proxy under Advanced in the settings of the server.</source>
        <translation>Le proxy indiqué dans {variable} ne peut pas être utilisé&#xa0;: il doit être de la forme http://proxy.example:3128&#x202f;; SOCKS n’est pas pris en charge. Corrigez-le, ou choisissez le proxy sous «&#xa0;Avancé&#xa0;» dans les réglages du serveur.</translation>
    </message>
    <message>
        <source>The proxy in the network settings of this system cannot be used: it must be like http://proxy.example:3128; SOCKS is not supported. Correct it, or choose the proxy under Advanced in the settings of the server.</source>
        <translation>Le proxy indiqué dans les réglages réseau de ce système ne peut pas être utilisé&#xa0;: il doit être de la forme http://proxy.example:3128&#x202f;; SOCKS n’est pas pris en charge. Corrigez-le, ou choisissez le proxy sous «&#xa0;Avancé&#xa0;» dans les réglages du serveur.</translation>
    </message>
    <message>
        <source>{variable} in the environment cannot be used. {why}</source>
        <translation>La variable d’environnement {variable} ne peut pas être utilisée. {why}</translation>
    </message>
    <message>
        <source>{path}: a quotation mark opened at line {line} is not closed.</source>
        <translation>{path}&#xa0;: un guillemet ouvert à la ligne {line} n’est pas refermé.</translation>
    </message>
    <message>
        <source>The API key is empty.</source>
        <translation>La clé API est vide.</translation>
    </message>
    <message>
        <source>There is a space in the API key. Copy the key again, and nothing else.</source>
        <translation>La clé API contient un espace. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>There is a line break in the API key. Copy the key again, and nothing else.</source>
        <translation>La clé API contient un retour à la ligne. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>The API key contains an accent, or another character that keys do not have; it may be an invisible one. Copy the key again, and nothing else.</source>
        <translation>La clé API contient un accent, ou un autre caractère qu’une clé ne contient jamais&#x202f;; il est peut-être invisible. Copiez de nouveau la clé, et rien d’autre.</translation>
    </message>
    <message>
        <source>Enter the password of this user for the proxy, too.</source>
        <translation>Saisissez aussi le mot de passe de cet utilisateur pour le proxy.</translation>
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
        <source>No API key for {host}. The one in PARADIGM_API_KEY is for {other}, and is not sent here: add one in the window, or name this server in PARADIGM_BASE_URL. If it needs none, say so in its settings in the window.</source>
        <translation>Aucune clé API pour {host}. Celle de PARADIGM_API_KEY est destinée à {other} et n’est pas envoyée ici&#xa0;: ajoutez-en une dans la fenêtre, ou indiquez ce serveur dans PARADIGM_BASE_URL. Si ce serveur n’en demande aucune, indiquez-le dans ses réglages, dans la fenêtre.</translation>
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
        <source>The key was not sent: {host} is not encrypted, so anybody on the way could read it. Use https://, or agree to it in the window, in the settings of the server.</source>
        <translation>La clé n’a pas été envoyée&#xa0;: la connexion à {host} n’est pas chiffrée, et n’importe qui sur le trajet pourrait la lire. Utilisez https://, ou donnez votre accord dans la fenêtre, dans les réglages du serveur.</translation>
    </message>
    <message>
        <source>{path}: line {line} is valid JSON, but neither an object nor a text.</source>
        <translation>{path}&#xa0;: la ligne {line} est du JSON valide, mais n’est ni un objet ni un texte.</translation>
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
        <source>“{name}” had other rows than the run on show. “Compare…” in the history shows both side by side.</source>
        <translation>L’exécution «&#xa0;{name}&#xa0;» n’avait pas les mêmes lignes que l’exécution affichée. «&#xa0;Comparer…&#xa0;» dans l’historique montre les deux côte à côte.</translation>
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
        <source>There are more than {limit} columns.</source>
        <translation>Il y a plus de {limit} colonnes.</translation>
    </message>
    <message>
        <source>There are more than {limit} rows; split the table.</source>
        <translation>Il y a plus de {limit} lignes&#x202f;; divisez le tableau.</translation>
    </message>
    <message>
        <source>{path}: there are more than {limit} rows; split the table.</source>
        <translation>{path}&#xa0;: il y a plus de {limit} lignes&#x202f;; divisez le tableau.</translation>
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
        <source>The system prompt uses {unknown}, but the input has only {known}.</source>
        <translation>Le prompt système utilise {unknown}, mais l’entrée ne contient que {known}.</translation>
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
        <source>Not enough data to say why: {n} answers, at least {needed} are needed.</source>
        <translation>Pas assez de réponses pour expliquer ce résultat&#xa0;: {n}, pour un minimum de {needed}.</translation>
    </message>
    <message>
        <source>Not enough data to judge the server: {n} rows succeeded in both arms, at least {needed} are needed.</source>
        <translation>Pas assez de lignes réussies dans les deux passes pour juger le serveur&#xa0;: {n}, pour un minimum de {needed}.</translation>
    </message>
    <message>
        <source>The arm was cut short: {cancelled} of {rows} rows were not answered, so it is not compared.</source>
        <translation>La passe a été interrompue avec {cancelled} des {rows} lignes sans réponse&#xa0;: elle n’est donc pas comparée.</translation>
    </message>
    <message>
        <source>The arms did not do the same work: {concurrent_tokens} tokens were answered at once, {sequential_tokens} one by one.</source>
        <translation>Les deux passes n’ont pas fait le même travail&#xa0;: {concurrent_tokens} tokens de réponse en simultané, {sequential_tokens} en séquentiel.</translation>
    </message>
    <message>
        <source>The server takes about {about} at a time ({at_a_time}) and lets the others wait: the first token came after {wait_s} s instead of {wait_alone_s} s, the rest took {stream_s} s, alone {stream_alone_s} s (means of {n}).</source>
        <translation>Sur les requêtes en cours, le serveur en traite environ {about} à la fois ({at_a_time}) et fait attendre les autres&#xa0;: le premier token est arrivé après {wait_s}&#xa0;s au lieu de {wait_alone_s}&#xa0;s, le reste a pris {stream_s}&#xa0;s, contre {stream_alone_s}&#xa0;s pour une requête seule (moyennes sur {n}).</translation>
    </message>
    <message>
        <source>The server takes about {about} at a time ({at_a_time}) and lets the others wait: the first {first} answers took {first_s} s, alone {first_alone_s} s, and the last of {n} took {last_s} s.</source>
        <translation>Sur les requêtes en cours, le serveur en traite environ {about} à la fois ({at_a_time}) et fait attendre les autres&#xa0;: les premières réponses ({first}) ont pris {first_s}&#xa0;s, contre {first_alone_s}&#xa0;s seules, et la dernière des {n} a pris {last_s}&#xa0;s.</translation>
    </message>
    <message>
        <source>The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: the first token took {wait_s} s instead of {wait_alone_s} s, the rest {stream_s} s instead of {stream_alone_s} s (means of {n}).</source>
        <translation>Sur les requêtes en cours, le serveur accomplit le travail d’environ {about} à la fois ({at_a_time}), partagé entre toutes&#xa0;: le premier token a pris {wait_s}&#xa0;s au lieu de {wait_alone_s}&#xa0;s, le reste {stream_s}&#xa0;s au lieu de {stream_alone_s}&#xa0;s (moyennes sur {n}).</translation>
    </message>
    <message>
        <source>The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: even the first answers took {first_s} s instead of {first_alone_s} s (means of {first}).</source>
        <translation>Sur les requêtes en cours, le serveur accomplit le travail d’environ {about} à la fois ({at_a_time}), partagé entre toutes&#xa0;: même les premières réponses ont pris {first_s}&#xa0;s au lieu de {first_alone_s}&#xa0;s (moyennes sur {first}).</translation>
    </message>
    <message>
        <source>The server handles about {about} requests at a time ({at_a_time}): one took {alone_s} s alone and {loaded_s} s among the others (means of {n}).</source>
        <translation>Sur les requêtes en cours, le serveur en traite environ {about} à la fois ({at_a_time})&#xa0;: une requête a pris {alone_s}&#xa0;s seule et {loaded_s}&#xa0;s parmi les autres (moyennes sur {n}).</translation>
    </message>
    <message>
        <source>More than {cap} at once brought little: {rate} answers a second at {cap}, {best} at best.</source>
        <translation>Au-delà de {cap} à la fois, on gagne peu&#xa0;: {rate}&#xa0;réponses/s à {cap}, {best} au mieux.</translation>
    </message>
    <message>
        <source>Your cap is the limit: on average, {mean_in_flight} of {cap} slots were busy, and the server did not slow down (one took {alone_s} s alone, {loaded_s} s among the others; means of {n}).</source>
        <translation>Votre réglage «&#xa0;Simultanées&#xa0;» est la limite&#xa0;: en moyenne, {mean_in_flight} places sur {cap} étaient occupées, et le serveur n’a pas ralenti (une requête a pris {alone_s}&#xa0;s seule, {loaded_s}&#xa0;s parmi les autres&#x202f;; moyennes sur {n}).</translation>
    </message>
    <message>
        <source>On average, {mean_in_flight} of {cap} slots were busy: the cap or the server is the limit. Only a comparison with sequential can tell which.</source>
        <translation>En moyenne, {mean_in_flight} places sur {cap} étaient occupées&#xa0;: la limite est «&#xa0;Simultanées&#xa0;» ou le serveur. Seule une comparaison au séquentiel permet de trancher.</translation>
    </message>
    <message>
        <source>With c requests in flight, the server does c ÷ (1 + a (c − 1)) times the work of one alone, where a = {contention} (from {low} to {high}). Measured on {n} rows, with up to {seen} in flight.</source>
        <translation>Avec c requêtes en cours, le serveur accomplit c ÷ (1 + a (c − 1)) fois le travail accompli avec une seule, où a&#xa0;=&#xa0;{contention} (de {low} à {high}). Mesuré sur {n} lignes, avec {seen} en cours au plus.</translation>
    </message>
    <message>
        <source>The server does not slow down under load. Measured on {n} rows, with up to {seen} in flight.</source>
        <translation>Le serveur ne ralentit pas sous la charge. Mesuré sur {n} lignes, avec {seen} en cours au plus.</translation>
    </message>
    <message>
        <source>How load slows the server is not known from one arm alone. One end of the range: not at all. The other: it works on one request at a time.</source>
        <translation>Une seule passe ne permet pas de savoir combien la charge ralentit le serveur. À une extrémité de l’intervalle&#xa0;: pas du tout. À l’autre&#xa0;: il ne traite qu’une requête à la fois.</translation>
    </message>
    <message>
        <source>{in_flight} in flight are more than were ever measured ({seen}): the server may behave differently.</source>
        <translation>Avec {in_flight} en cours, on dépasse le maximum mesuré ({seen})&#xa0;: le serveur peut se comporter autrement.</translation>
    </message>
    <message>
        <source>Attempts that failed fail again, with the same pauses after them ({failures} in all).</source>
        <translation>Les essais en échec échouent de nouveau, suivis des mêmes pauses ({failures} au total).</translation>
    </message>
    <message>
        <source>The server does not refuse anything for its rate (in the record, it did so {refusals} times).</source>
        <translation>Le serveur ne refuse rien pour cause de débit (refus dans l’exécution d’origine&#xa0;: {refusals}).</translation>
    </message>
    <message>
        <source>Rows without an answer or a failure to repeat are left out ({rows} in all).</source>
        <translation>Les lignes sans réponse ni échec à reproduire ne sont pas comptées ({rows} au total).</translation>
    </message>
    <message>
        <source>This program takes {launch_s} s to send a request, as it did in the record.</source>
        <translation>Cette application met {launch_s}&#xa0;s à envoyer une requête, comme dans l’exécution d’origine.</translation>
    </message>
    <message>
        <source>This program itself takes no time to send a request.</source>
        <translation>L’envoi d’une requête ne prend aucun temps à cette application elle-même.</translation>
    </message>
    <message>
        <source>This system has no usable keyring, so the key is forgotten when you quit.</source>
        <translation>Ce système n’a pas de trousseau utilisable&#xa0;: la clé sera oubliée quand vous quitterez l’application.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring did not let this program in, so the key is forgotten when you quit.</source>
        <translation>Le trousseau du système a refusé l’accès à cette application&#xa0;: la clé sera oubliée quand vous la quitterez.</translation>
    </message>
    <message>
        <source>The key is too long for the system&apos;s keyring, so it is forgotten when you quit.</source>
        <translation>La clé est trop longue pour le trousseau du système&#xa0;: elle sera oubliée quand vous quitterez l’application.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring failed, so the key is forgotten when you quit.</source>
        <translation>Le trousseau du système a rencontré une erreur&#xa0;: la clé sera oubliée quand vous quitterez l’application.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>Key and models</source>
        <translation>Clé et modèles</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>The server does not encrypt on this port</source>
        <translation>Le serveur ne chiffre pas les échanges sur ce port</translation>
    </message>
    <message>
        <source>Check the port; or, on a network that you trust, use http://.</source>
        <translation>Vérifiez le port ou, sur un réseau de confiance, utilisez http://.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired</source>
        <translation>Le certificat du serveur a expiré</translation>
    </message>
    <message>
        <source>Tell the server&apos;s administrator, and check this computer&apos;s date.</source>
        <translation>Prévenez l’administrateur du serveur et vérifiez la date de cet ordinateur.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet</source>
        <translation>Le certificat du serveur n’est pas encore valide</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date.</source>
        <translation>Vérifiez la date de cet ordinateur.</translation>
    </message>
    <message>
        <source>The certificate is for another server</source>
        <translation>Le certificat est celui d’un autre serveur</translation>
    </message>
    <message>
        <source>The server vouches for itself</source>
        <translation>Le serveur se certifie lui-même</translation>
    </message>
    <message>
        <source>The authority behind the certificate is not known here</source>
        <translation>L’autorité qui a délivré le certificat est inconnue de cet ordinateur</translation>
    </message>
    <message>
        <source>Paradigm</source>
        <translation>Paradigm</translation>
    </message>
    <message>
        <source>Paradigm of your organisation</source>
        <translation>Paradigm de votre organisation</translation>
    </message>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>Mistral</source>
        <translation>Mistral</translation>
    </message>
    <message>
        <source>Ollama, on this computer</source>
        <translation>Ollama, sur cet ordinateur</translation>
    </message>
    <message>
        <source>LM Studio, on this computer</source>
        <translation>LM Studio, sur cet ordinateur</translation>
    </message>
    <message>
        <source>vLLM, on this computer</source>
        <translation>vLLM, sur cet ordinateur</translation>
    </message>
    <message>
        <source>llama.cpp, on this computer</source>
        <translation>llama.cpp, sur cet ordinateur</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Autre serveur</translation>
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
        <source>retry in {seconds} s</source>
        <translation>essai dans {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>The system&apos;s keyring stayed locked: nobody unlocked it, or the question was refused. Until it is unlocked, a key is kept for this session only.</source>
        <translation>Le trousseau du système est resté verrouillé&#xa0;: personne ne l’a déverrouillé, ou la demande a été refusée. Tant qu’il reste verrouillé, une clé n’est conservée que pour cette session.</translation>
    </message>
    <message>
        <source>The proxy {proxy} is left aside: servers on this computer are reached directly.</source>
        <translation>Le proxy {proxy} n’est pas utilisé&#xa0;: les serveurs de cet ordinateur sont joints directement.</translation>
    </message>
    <message>
        <source>The proxy {proxy} is left aside: this server is among the exceptions of the system (NO_PROXY).</source>
        <translation>Le proxy {proxy} n’est pas utilisé&#xa0;: ce serveur figure parmi les exceptions du système (NO_PROXY).</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aucune pour l’instant</translation>
    </message>
    <message>
        <source>kept in the system&apos;s keyring ({name})</source>
        <translation>conservée dans le trousseau du système ({name})</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>proxy</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>sans proxy</translation>
    </message>
    <message>
        <source>authority file</source>
        <translation>fichier d’autorité</translation>
    </message>
    <message>
        <source>certificate not checked</source>
        <translation>certificat non vérifié</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>en-têtes</translation>
    </message>
    <message>
        <source>JSON fields</source>
        <translation>champs JSON</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>limites</translation>
    </message>
    <message>
        <source>under way…</source>
        <translation>en cours…</translation>
    </message>
    <message>
        <source>{host} is an address: there is nothing to look up</source>
        <translation>{host} est une adresse&#xa0;: il n’y a aucun nom à résoudre</translation>
    </message>
    <message>
        <source>{host} is {addresses}</source>
        <translation>{host} correspond à {addresses}</translation>
    </message>
    <message>
        <source>the proxy {host} answers on port {port}</source>
        <translation>le proxy {host} répond sur le port {port}</translation>
    </message>
    <message>
        <source>{host} answers on port {port}</source>
        <translation>{host} répond sur le port {port}</translation>
    </message>
    <message>
        <source>{proxy} opens the way to {host}</source>
        <translation>{proxy} ouvre l’accès à {host}</translation>
    </message>
    <message>
        <source>Models: {n}</source>
        <translation>Modèles&#xa0;: {n}</translation>
    </message>
    <message>
        <source>none: the connection is not encrypted</source>
        <translation>aucun&#xa0;: la connexion n’est pas chiffrée</translation>
    </message>
    <message>
        <source>issued by {issuer}, valid until {date}</source>
        <translation>délivré par {issuer}, valide jusqu’au {date}</translation>
    </message>
    <message>
        <source>not checked; issued by {issuer}, valid until {date}</source>
        <translation>non vérifié&#x202f;; délivré par {issuer}, valide jusqu’au {date}</translation>
    </message>
    <message>
        <source>it streams</source>
        <translation>avec streaming</translation>
    </message>
    <message>
        <source>it does not stream</source>
        <translation>sans streaming</translation>
    </message>
    <message>
        <source>it counts tokens</source>
        <translation>avec décompte des tokens</translation>
    </message>
    <message>
        <source>it counts no tokens</source>
        <translation>sans décompte des tokens</translation>
    </message>
    <message>
        <source>{model} answers; {abilities}</source>
        <translation>{model} répond, {abilities}</translation>
    </message>
    <message>
        <source>Enter the API key above.</source>
        <translation>Saisissez la clé API ci-dessus.</translation>
    </message>
    <message>
        <source>It is issued by {issuer} for {names}; it was valid until {date}.</source>
        <translation>Le certificat est délivré par {issuer} pour {names}&#x202f;; il était valide jusqu’au {date}.</translation>
    </message>
    <message>
        <source>It is issued by {issuer} for {names}; it is valid until {date}.</source>
        <translation>Le certificat est délivré par {issuer} pour {names}&#x202f;; il est valide jusqu’au {date}.</translation>
    </message>
    <message>
        <source>The run stopped at its limit of {n} tokens. Raise the limit, then go on with the run.</source>
        <translation>L’exécution s’est arrêtée à sa limite de {n} tokens. Augmentez cette limite, puis reprenez l’exécution.</translation>
    </message>
    <message>
        <source>The run stopped at its limit of {n} failed rows. The last one: {cause}</source>
        <translation>L’exécution s’est arrêtée à sa limite de lignes en échec ({n}). La dernière&#xa0;: {cause}</translation>
    </message>
    <message>
        <source>The run was stopped early. {cause}</source>
        <translation>L’exécution a été arrêtée avant son terme. {cause}</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>From the start of the arm to the end of its last request</source>
        <translation>Du début de la passe à la fin de sa dernière requête</translation>
    </message>
    <message>
        <source>Bound</source>
        <translation>Borne</translation>
    </message>
    <message>
        <source>The least wall time that these answers allow: max(slowest, sum of service times ÷ cap)</source>
        <translation>La plus petite durée que permettent ces réponses&#xa0;: max(requête la plus lente, somme des temps de service ÷ simultanées)</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Answered requests ÷ wall time</source>
        <translation>Requêtes terminées ÷ durée de la passe</translation>
    </message>
    <message>
        <source>In flight, mean</source>
        <translation>En cours, moyenne</translation>
    </message>
    <message>
        <source>Sum of the times of all attempts ÷ wall time</source>
        <translation>Somme des durées de tous les essais ÷ durée de la passe</translation>
    </message>
    <message>
        <source>In flight, peak</source>
        <translation>En cours, maximum</translation>
    </message>
    <message>
        <source>The most attempts that were under way at one instant</source>
        <translation>Nombre maximal d’essais en cours au même instant</translation>
    </message>
    <message>
        <source>Service time</source>
        <translation>Temps de service</translation>
    </message>
    <message>
        <source>The successful attempt alone, sent to last token; the median, or a percentile</source>
        <translation>Le seul essai réussi, de l’envoi au dernier token&#x202f;; médiane ou centile</translation>
    </message>
    <message>
        <source>Service time, shortest</source>
        <translation>Temps de service minimal</translation>
    </message>
    <message>
        <source>The successful attempt alone, sent to last token</source>
        <translation>Le seul essai réussi, de l’envoi au dernier token</translation>
    </message>
    <message>
        <source>Service time, longest</source>
        <translation>Temps de service maximal</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>Temps de réponse</translation>
    </message>
    <message>
        <source>Start of the arm to last token, waiting for a slot and retries included</source>
        <translation>Du début de la passe au dernier token, attente d’une place et nouveaux essais compris</translation>
    </message>
    <message>
        <source>First word after</source>
        <translation>Premier mot après</translation>
    </message>
    <message>
        <source>Sent to first text of the successful attempt: time to first token (TTFT); of live answers only</source>
        <translation>De l’envoi au premier texte de l’essai réussi&#xa0;: temps jusqu’au premier token (TTFT)&#x202f;; réponses en direct seulement</translation>
    </message>
    <message>
        <source>Time per output token</source>
        <translation>Temps par token produit</translation>
    </message>
    <message>
        <source>(Service time − time to first token) ÷ (tokens − 1), one value a request (TPOT)</source>
        <translation>(Temps de service − temps au premier token) ÷ (tokens − 1), une valeur par requête (TPOT)</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Tokens produits</translation>
    </message>
    <message>
        <source>Tokens of all answers ÷ wall time, as the server counts them</source>
        <translation>Tokens de toutes les réponses (comptés par le serveur) ÷ durée de la passe</translation>
    </message>
    <message>
        <source>Tokens of the prompts</source>
        <translation>Tokens des prompts</translation>
    </message>
    <message>
        <source>As the server counts them; left out unless it counted every answer</source>
        <translation>Comptés par le serveur&#x202f;; omis si le décompte d’une réponse manque</translation>
    </message>
    <message>
        <source>Tokens of the answers</source>
        <translation>Tokens des réponses</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminées</translation>
    </message>
    <message>
        <source>Requests that were answered in full</source>
        <translation>Requêtes dont la réponse est complète</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Requests whose last attempt failed</source>
        <translation>Requêtes dont le dernier essai a échoué</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Nouveaux essais</translation>
    </message>
    <message>
        <source>Attempts that another attempt followed because they failed</source>
        <translation>Essais en échec suivis d’un autre essai</translation>
    </message>
    <message>
        <source>concurrent first</source>
        <translation>simultané d’abord</translation>
    </message>
    <message>
        <source>sequential first</source>
        <translation>séquentiel d’abord</translation>
    </message>
    <message>
        <source>in turns, from repeat to repeat</source>
        <translation>en alternance, à chaque répétition</translation>
    </message>
    <message>
        <source>About {sent} tokens are sent; how many come back is not known yet.</source>
        <translation>Environ {sent} tokens seront envoyés&#x202f;; le nombre de tokens reçus n’est pas encore connu.</translation>
    </message>
    <message>
        <source>About {sent} tokens are sent and {received} come back.</source>
        <translation>Environ {sent} tokens seront envoyés et {received} reçus.</translation>
    </message>
    <message>
        <source>It takes about {seconds} s, going by the {n} answers of the run on show.</source>
        <translation>Durée d’environ {seconds}&#xa0;s, d’après les réponses de l’exécution affichée (n&#xa0;=&#xa0;{n}).</translation>
    </message>
    <message>
        <source>The server has not said how much it allows.</source>
        <translation>Le serveur n’a pas indiqué ce qu’il autorise.</translation>
    </message>
    <message>
        <source>{left} of {all} requests</source>
        <translation>{left} sur {all} requêtes</translation>
    </message>
    <message>
        <source>{left} of {all} tokens</source>
        <translation>{left} sur {all} tokens</translation>
    </message>
    <message>
        <source>What the server said last is still allowed</source>
        <translation>Encore autorisé, selon la dernière réponse du serveur</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
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
    <message>
        <source>“{old}” became “{new}”</source>
        <translation>«&#xa0;{old}&#xa0;» est devenu «&#xa0;{new}&#xa0;»</translation>
    </message>
    <message>
        <source>Names that came more than once were numbered: {names}.</source>
        <translation>Les noms présents plusieurs fois ont été numérotés&#xa0;: {names}.</translation>
    </message>
</context>
</TS>
