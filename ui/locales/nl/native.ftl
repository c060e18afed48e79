# Buiten het venster gezegd: in de browser, door het systeem.
sign-in-done-title = Terug naar Liaison
sign-in-done-text = Je kunt deze pagina sluiten. Liaison zegt of het inloggen gelukt is.
copy-meeting-id = Meeting-ID
copy-passcode = Toegangscode
menu-quit = Stop Liaison
