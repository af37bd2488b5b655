import { oneOf, ownAddress, portOrOff, setting, text } from "./setting.ts";

/** Where the data is, where health is told, and how much is logged. */
export const processSettings = {
  DATABASE_URL: setting({
    meaning: "Address of a PostgreSQL database. Without it the bot keeps an embedded one in DATA_DIR.",
    example: "postgres://portcullis:…@db.example.com/portcullis",
    secret: true,
    advice: "Leave it out to use the embedded database.",
    schema: text.regex(/^postgres(?:ql)?:\/\//, "start with postgres:// or postgresql://"),
  }),
  DATA_DIR: setting({
    meaning: "Folder of the embedded database. One running bot owns it.",
    default: "./data",
    example: "/var/lib/portcullis",
    advice: "Choose a folder that the bot may write and that is backed up.",
    schema: text,
  }),
  HEALTH_PORT: setting({
    meaning: "Port of `/healthz`, `/readyz` and `/metrics`, in both modes; `0` takes any free one and logs it, `off` answers nowhere.",
    default: "3001",
    example: "3001",
    advice: "Choose a free port; each bot on a machine needs its own.",
    schema: portOrOff,
  }),
  HEALTH_HOST: setting({
    meaning:
      "Address that they are answered on. The default takes connections from this machine alone; in a container it is `0.0.0.0`. Nobody has to sign in there.",
    default: "127.0.0.1",
    example: "127.0.0.1",
    advice: "Name an address of this machine, or 0.0.0.0 for all of them.",
    schema: ownAddress,
  }),
  LOG_LEVEL: setting({
    meaning: "How much is logged.",
    default: "info",
    example: "info",
    advice: "Choose one of the four.",
    schema: oneOf("debug", "info", "warn", "error"),
  }),
};
