# The first screens: welcome, connecting, locked.
welcome-title = Welcome to Liaison
welcome-text = Your Zoom meetings and your Salesforce records in one window. Nothing lost, nothing twice.
welcome-demo = Explore with demo data
welcome-demo-text = An invented day with meetings, people and an outbox. No account needed, and nothing leaves this computer.
welcome-demo-button = Explore the demo
welcome-connect = Connect my accounts
welcome-connect-text = Sign in to Zoom and Salesforce in your own browser. You see first what is read and what is written.
welcome-connect-button = Connect accounts

connect-title = Connect your accounts
connect-text = You sign in in your browser; Liaison never sees your password. Either service can wait.
reads = Reads
writes = Writes
never = Never touches
zoom-reads = Your profile, meetings, webinars and calls; who came; voicemails and summaries as text, links to recordings
zoom-writes = Meetings and webinars that you plan, change or cancel here, and the people of your webinars
zoom-never = Sound and video of meetings and calls, chats, meetings that you are not invited to
salesforce-reads = Leads, Contacts and accounts; your calendar, tasks, open opportunities and cases; campaigns, reports
salesforce-writes = Events, tasks, campaigns with their members, and new Leads; all of it shows in the outbox
salesforce-never = Files, e-mail messages, settings. Leads, Contacts, accounts and opportunities there stay as they are
client-id = Client ID of your { $provider } app
client-id-hint = Your administrator creates the app once and gives everybody this ID. It is no secret.
client-id-change = Change the client ID
login-at = Where Salesforce signs in
login-own = Own domain
login-host = Your Salesforce address
login-host-hint = For instance company.my.salesforce.com
connect-to = Connect { $provider }
sign-in-again = Sign in to { $provider } again
connect-waiting = Waiting for your browser
connect-waiting-text = Sign in to { $provider } there and allow access. This page goes on by itself.
connect-waiting-reason = A sign-in is waiting for your browser. Finish or cancel it first.
open-again = Open again
copied-sign-in-link = Link copied. Open it in a browser on this computer.
connected-to = Connected to { $provider }.
connect-one = One service is connected. The other one can follow at any time.
connect-both = Both services are connected.
connect-done = Continue
disconnect = Disconnect
disconnect-from = Disconnect from { $provider }
disconnected-from = Disconnected from { $provider }
disconnect-title = Disconnect from { $provider }?
disconnect-text = Keep the local copy to read on without the connection, or erase from this computer what was fetched from { $provider }. The other service’s copy stays, and so do your notes and links, with the names in them.
disconnect-text-unsent = { $count ->
    [one] Keep the local copy to read on, or erase from this computer what was fetched from { $provider }. The other service’s copy stays, and so do your notes and links, with the names in them. { $count } item is not sent yet and waits in the outbox either way.
   *[other] Keep the local copy to read on, or erase from this computer what was fetched from { $provider }. The other service’s copy stays, and so do your notes and links, with the names in them. { $count } items are not sent yet and wait in the outbox either way.
}
copy-kept = What was fetched is still on this computer, encrypted, so that you can read on.
copy-shown = What you see is the copy that was kept. It is not updated.
copy-erase = Erase the copy
copy-erase-title = Erase the copy on this computer?
copy-erase-text = What was fetched from { $provider } goes from this computer. The other service’s copy stays, and so do your notes and links and the outbox with what was sent, with the names in them. Nothing changes in { $provider }.
copy-erase-cancel = Keep the copy
copy-erased = The copy is erased.
disconnect-cancel = Stay connected
disconnect-keep = Disconnect, keep copy
disconnect-erase = Disconnect and erase

locked-title = Your data is locked
locked-safe = Nothing was changed and nothing is sent. Your data is still on this computer, encrypted.
locked-keychain-locked = The system keychain, which holds the key to your data, is locked or was refused.
locked-keychain-locked-todo = Unlock the keychain, or allow Liaison to use it, then try again.
locked-keychain-missing = No system keychain answers. It holds the key to your data.
locked-keychain-missing-todo = Start the keychain of your desktop (GNOME Keyring or KWallet on Linux), then try again.
locked-key-missing = The system keychain has no key for the data on this computer.
locked-key-missing-todo = If you use another keychain or another user account, go back to it. Otherwise your administrator can help.
locked-key-differs = The key in the system keychain is not the one your data was encrypted with.
locked-key-differs-todo = Restore the earlier keychain, then try again.
locked-damaged = The file with your data is damaged.
locked-damaged-todo = Try again. If it stays so, keep the file: what only this computer knows can be rescued from it.
locked-newer-version = Your data was written by a newer version of Liaison.
locked-newer-version-todo = Update Liaison, then try again.
locked-disk = Your data could not be opened from the disk.
locked-disk-todo = Check that there is room and that the folder can be written, then try again.
account-guarded = Your org has no Liaison field. Liaison looks before it writes, and asks you when it can’t be sure.
sign-in-waiting-text = Sign in to { $provider } there and allow access. It goes on here by itself.
admin-title = Your administrator has to allow Liaison in { $provider }?
admin-text = Many organisations let in approved apps only. Send this text to your administrator; it says what to set up.
admin-language = Language of the text
admin-copy = Copy the text for the administrator of { $provider }
admin-copied = Copied. Paste it into a mail or a ticket.
admin-zoom =
    Hello,

    I would like to use Liaison, a desktop program that keeps my Zoom meetings and my Salesforce records in step. It runs on my computer and has no server: data goes between Zoom and my computer, and nowhere else. It signs in as me, in my own browser, and sees only what I may see.

    Could you please make a user-managed General App for it in the Zoom App Marketplace, with the public client (PKCE) switched on, and allow it for me? No client secret is needed, and nothing has to be published.
admin-salesforce =
    Hello,

    I would like to use Liaison, a desktop program that keeps my Zoom meetings and my Salesforce records in step. It runs on my computer and has no server: data goes between Salesforce and my computer, and nowhere else. It signs in as me, in my own browser, and sees only what I may see.

    Could you please make an External Client App for it in Setup, with PKCE required and no client secret, and put me among its permitted users? If it is listed under Connected Apps OAuth Usage as blocked or not installed, please unblock or install it.
admin-redirects = Redirect addresses, all on my own computer:
admin-scopes = Scopes, all for my own data. Without one of them, the part of the program that needs it stays switched off:
admin-client = The client ID that I use now: { $client }
admin-client-wanted = Please send me the client ID (for Zoom: the Public Client ID) of the app.
admin-thanks = Thank you!
