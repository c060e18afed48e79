# De eerste schermen: welkom, koppelen, op slot.
welcome-title = Welkom bij Liaison
welcome-text = Je Zoom-meetings en je Salesforce-records in één venster. Niets kwijt, niets dubbel.
welcome-demo = Verkennen met demogegevens
welcome-demo-text = Een verzonnen dag met meetings, mensen en berichten die nog verstuurd worden. Je hebt geen account nodig en er gaat niets van deze computer af.
welcome-demo-button = Demo verkennen
welcome-connect = Mijn accounts koppelen
welcome-connect-text = Log in bij Zoom en Salesforce in je eigen browser. Je ziet vooraf wat er wordt gelezen en wat er wordt vastgelegd.
welcome-connect-button = Accounts koppelen

connect-title = Koppel je accounts
connect-text = Je logt in via je browser; Liaison ziet je wachtwoord nooit. Een van de twee koppelen mag ook, de ander kan later.
reads = Leest
writes = Schrijft
never = Blijft af van
zoom-reads = Je profiel, meetings, webinars, gesprekken; wie er was; voicemails als tekst, samenvattingen, links naar opnames
zoom-writes = Meetings en webinars die je hier plant, wijzigt of annuleert, en de mensen van je webinars
zoom-never = Geluid en beeld van meetings en gesprekken, chats, meetings waarvoor je niet bent uitgenodigd
salesforce-reads = Leads, contactpersonen, accounts; je agenda, taken, open opportunities en cases; campagnes, rapporten
salesforce-writes = Events, taken, campagnes met hun leden, en nieuwe leads; alles is te zien bij Uitgaand
salesforce-never = Bestanden, e-mails, instellingen. Leads, contactpersonen, accounts en opportunities blijven zoals ze zijn
client-id = Client-ID van jullie { $provider }-app
client-id-hint = Je beheerder maakt de app één keer aan en geeft iedereen dit ID. Het is niet geheim.
client-id-change = Client-ID wijzigen
login-at = Waar je bij Salesforce inlogt
login-own = Eigen domein
login-host = Je Salesforce-adres
login-host-hint = Bijvoorbeeld bedrijf.my.salesforce.com
connect-to = { $provider } koppelen
sign-in-again = Log opnieuw in bij { $provider }
connect-waiting = Wachten op je browser
connect-waiting-text = Log daar in bij { $provider } en geef toestemming. Deze pagina gaat vanzelf verder.
connect-waiting-reason = Er loopt al een aanmelding in je browser. Rond die eerst af of annuleer die.
open-again = Opnieuw openen
copied-sign-in-link = Link gekopieerd. Open hem in een browser op deze computer.
connected-to = Gekoppeld met { $provider }.
connect-one = Eén dienst is gekoppeld. De andere kun je altijd nog koppelen.
connect-both = Beide diensten zijn gekoppeld.
connect-done = Verder
disconnect = Ontkoppelen
disconnect-from = { $provider } ontkoppelen
disconnected-from = De verbinding met { $provider } is verbroken
disconnect-title = { $provider } ontkoppelen?
disconnect-text = Houd de lokale kopie om zonder verbinding verder te lezen, of wis van deze computer wat uit { $provider } is opgehaald. De kopie van de andere dienst blijft, net als je notities en koppelingen, met de namen die erin staan.
disconnect-text-unsent = { $count ->
    [one] Houd de lokale kopie om verder te lezen, of wis van deze computer wat uit { $provider } is opgehaald. De kopie van de andere dienst blijft, net als je notities en koppelingen, met de namen die erin staan. { $count } item is nog niet verstuurd en wacht hoe dan ook bij Uitgaand.
   *[other] Houd de lokale kopie om verder te lezen, of wis van deze computer wat uit { $provider } is opgehaald. De kopie van de andere dienst blijft, net als je notities en koppelingen, met de namen die erin staan. { $count } items zijn nog niet verstuurd en wachten hoe dan ook bij Uitgaand.
}
copy-kept = Wat is opgehaald, staat nog versleuteld op deze computer, zodat je kunt verder lezen.
copy-shown = Je ziet de kopie die is bewaard. Die wordt niet bijgewerkt.
copy-erase = Kopie wissen
copy-erase-title = Kopie op deze computer wissen?
copy-erase-text = Wat uit { $provider } is opgehaald, verdwijnt van deze computer. De kopie van de andere dienst blijft, net als je notities, koppelingen en Uitgaand met wat verstuurd is, met de namen die erin staan. In { $provider } verandert er niets.
copy-erase-cancel = Kopie houden
copy-erased = De kopie is gewist.
disconnect-cancel = Gekoppeld blijven
disconnect-keep = Ontkoppelen, kopie houden
disconnect-erase = Ontkoppelen en wissen

locked-title = Je gegevens zitten op slot
locked-safe = Er is niets gewijzigd en er wordt niets verstuurd. Je gegevens staan nog steeds versleuteld op deze computer.
locked-keychain-locked = De sleutelbos van het systeem, met de sleutel van je gegevens, zit op slot of is geweigerd.
locked-keychain-locked-todo = Ontgrendel de sleutelbos, of sta Liaison toe die te gebruiken, en probeer het opnieuw.
locked-keychain-missing = De sleutelbos van het systeem reageert niet. Daarin staat de sleutel van je gegevens.
locked-keychain-missing-todo = Start de sleutelbos van je bureaublad (GNOME Keyring of KWallet op Linux) en probeer het opnieuw.
locked-key-missing = De sleutelbos heeft geen sleutel voor de gegevens op deze computer.
locked-key-missing-todo = Gebruik je een andere sleutelbos of een ander gebruikersaccount, ga dan daarheen terug. Anders kan je beheerder helpen.
locked-key-differs = De sleutel in de sleutelbos is niet die waarmee je gegevens zijn versleuteld.
locked-key-differs-todo = Zet de eerdere sleutelbos terug en probeer het opnieuw.
locked-damaged = Het bestand met je gegevens is beschadigd.
locked-damaged-todo = Probeer het opnieuw. Helpt dat niet, bewaar dan het bestand: wat alleen op deze computer staat, is er nog uit te halen.
locked-newer-version = Je gegevens zijn geschreven door een nieuwere versie van Liaison.
locked-newer-version-todo = Werk Liaison bij en probeer het opnieuw.
locked-disk = Je gegevens konden niet van de schijf worden geopend.
locked-disk-todo = Kijk of er ruimte is en of de map beschrijfbaar is, en probeer het opnieuw.
account-guarded = Jullie Salesforce heeft geen Liaison-veld. Liaison kijkt eerst of iets er al is, en vraagt het je als dat niet zeker is.
sign-in-waiting-text = Log daar in bij { $provider } en geef toestemming. Hier gaat het vanzelf verder.
admin-title = Moet je beheerder Liaison in { $provider } toestaan?
admin-text = Veel organisaties laten alleen goedgekeurde apps toe. Stuur deze tekst naar je beheerder; er staat in wat er ingesteld moet worden.
admin-language = Taal van de tekst
admin-copy = Kopiëren: tekst voor de beheerder van { $provider }
admin-copied = Gekopieerd. Plak het in een mail of een ticket.
admin-zoom =
    Hallo,

    Ik wil graag Liaison gebruiken, een programma dat mijn Zoom-meetings en mijn gegevens in Salesforce gelijk houdt. Het draait op mijn eigen computer en heeft geen server: gegevens gaan tussen Zoom en mijn computer, en nergens anders heen. Het meldt zich aan als ikzelf, in mijn eigen browser, en ziet alleen wat ik mag zien.

    Wil je er in de Zoom App Marketplace een user-managed General App voor maken, met de public client (PKCE) aan, en die voor mij toestaan? Een client secret is niet nodig en er hoeft niets gepubliceerd te worden.
admin-salesforce =
    Hallo,

    Ik wil graag Liaison gebruiken, een programma dat mijn Zoom-meetings en mijn gegevens in Salesforce gelijk houdt. Het draait op mijn eigen computer en heeft geen server: gegevens gaan tussen Salesforce en mijn computer, en nergens anders heen. Het meldt zich aan als ikzelf, in mijn eigen browser, en ziet alleen wat ik mag zien.

    Wil je er in Setup een External Client App voor maken, met PKCE verplicht en zonder client secret, en mij bij de toegestane gebruikers zetten? Staat de app onder Connected Apps OAuth Usage als geblokkeerd of niet geïnstalleerd, deblokkeer of installeer hem dan.
admin-redirects = Redirect-adressen, allemaal op mijn eigen computer:
admin-scopes = Scopes, allemaal voor mijn eigen gegevens. Ontbreekt er een, dan blijft het deel van het programma dat hem nodig heeft uit:
admin-client = De client-ID die ik nu gebruik: { $client }
admin-client-wanted = Stuur mij de client-ID van de app (bij Zoom: de Public Client ID).
admin-thanks = Alvast bedankt!
