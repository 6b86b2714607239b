package import ContactSync

extension MailTemplate {
    /// What is sent unless an admin has set other texts.
    package static let usual = MailTemplate(
        subject: "Your account at the {{account}} help desk",
        text: """
            Hello{{#name}} {{name}}{{/name}},

            you have a new account at the help desk of {{account}}. With it you can ask
            for help and see what becomes of your requests.

                Portal:         {{portalURL}}
                Login address:  {{email}}

            You have no password yet. To set one, open the portal, choose "Forgot
            password" on its login page and enter the login address above: you will get
            a message with a link under which you choose your password.

            This message was sent automatically, and only once.

            """,
        html: """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Your account at the {{account}} help desk</title></head>
            <body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
            <p>Hello{{#name}} {{name}}{{/name}},</p>
            <p>you have a new account at the help desk of {{account}}. With it you can ask for help and see what becomes of
            your requests.</p>
            <table cellpadding="4">
            <tr><th align="left">Portal</th><td><a href="{{portalURL}}">{{portalURL}}</a></td></tr>
            <tr><th align="left">Login address</th><td>{{email}}</td></tr>
            </table>
            <p>You have no password yet. To set one, open the portal, choose <em>Forgot password</em> on its login page and
            enter the login address above: you will get a message with a link under which you choose your password.</p>
            <p><small>This message was sent automatically, and only once.</small></p>
            </body>
            </html>

            """)
}
