# Said outside the window: in the browser, by the system.
sign-in-done-title = Back to Liaison
sign-in-done-text = You can close this page. Liaison says whether the sign-in worked.
copy-meeting-id = Meeting ID
copy-passcode = Passcode
menu-quit = Quit Liaison
