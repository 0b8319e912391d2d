import DigitServer
import Settings

/// What `--help` tells.
enum HelpText {
    static var whole: String { beginning + ServerConfiguration.table.help }

    private static let beginning = """
        Serves models and reads pictures over HTTP.

        EXAMPLES
          digits-server
          digits-server --port 9000 --model mine=runs/first
          digits-server --models-folder /srv/models --log-format json
          digits-server --config server.json --check-config
          digits-server token alice
          curl --data-binary @photo.jpg http://127.0.0.1:8080/v1/read

        SIGTERM or Ctrl-C ends it when what was asked is answered; a second one ends it
        at once.

        A setting is given as a flag, as a variable (--body-limit is
        DIGITS_SERVER_BODY_LIMIT) or as a key of the JSON file that --config or
        DIGITS_SERVER_CONFIG names ({"body-limit": "4MiB"}); flags count most, then
        variables. Lists are flags several times, variables with commas, lists of JSON.

        COMMANDS
          token NAME
              Makes a token and prints it, with the line for the file of --tokens.
          --check-config
              Says whether the settings and their files are good, and ends.
          --settings-table
              Prints all settings as a table of Markdown.
          --help, --version


        """
}
