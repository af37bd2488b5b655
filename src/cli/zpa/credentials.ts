import { isDeepStrictEqual } from "node:util";
import { type Command, InvalidArgumentError } from "commander";
import { systemClock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import { refuseIncompleteFields } from "../../services/zpa/credentials/check-draft.ts";
import {
  CREDENTIAL_TYPES,
  type CredentialSecret,
  type CredentialType,
  type PrivilegedCredential,
} from "../../services/zpa/credentials/credential.ts";
import type { SortOption, ZpaClient } from "../../services/zpa/zpa-client.ts";
import { usesOfCredential } from "../../services/zpa-admin/credential-uses.ts";
import {
  type CredentialChange,
  type CredentialFields,
  credentialToCreate,
  credentialToDelete,
  credentialToMove,
  credentialToUpdate,
  fieldsOf,
  refuseTakenName,
} from "../../services/zpa-admin/credential-writes.ts";
import { readCredentialSecret } from "./credential-secret.ts";
import { microtenantArgument, type Place, type Shown, writes, writesAfterQuestion, type ZpaFlags, type ZpaFrame } from "./frame.ts";
import { registerGet } from "./get-command.ts";
import { aged, credentialLines, isOlderThan, oldestFirst, showCredential, showCredentials, useLines } from "./show-credential.ts";
import { sortArgument } from "./sort-argument.ts";

interface CredentialFlags extends ZpaFlags {
  readonly search?: string;
  readonly sort?: SortOption;
  readonly stale?: number;
  readonly name?: string;
  readonly type?: CredentialType;
  readonly user?: string;
  readonly domain?: string;
  readonly description?: string;
  readonly keyFile?: string;
  readonly to?: string;
}

const KEY_FILE = "the file of the private key; standard input or the prompt then takes its passphrase";
const SECRET = `
The secret is read from standard input when something is piped into it, else it is asked for and not shown: never from an argument or
the environment. A private key ends with Ctrl-D; one that is encrypted is taken with its passphrase. ZPA never tells a secret.`;

/** `pra zpa credentials`: what ZPA signs in with on a console, in the person's stead. */
export function registerZpaCredentials(zpa: Command, frame: ZpaFrame): void {
  const credentials = zpa.command("credentials").description("privileged credentials; ZPA never tells their secrets");
  const flagsOf = (command: Command): CredentialFlags => command.optsWithGlobals<CredentialFlags>();
  const show = (credential: PrivilegedCredential): Shown => showCredential(aged(credential, systemClock.now()));

  credentials
    .command("list")
    .description("list all of one microtenant, the oldest secret first unless sorted otherwise")
    .option("--stale <days>", "only those whose last reset is more than so many days ago", days)
    .option("--sort <field>", "a field of ZPA's, such as name, or name:desc", sortArgument)
    .option("--search <expression>", "a filter of ZPA's, such as 'name EQ db-prod'")
    .addHelpText("after", "\nExample:\n  $ pra zpa credentials list --stale 90")
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      const { stale, search, sort } = flags;
      await frame.read(flags, async (client, place) => {
        const now = systemClock.now();
        const listed = await client.credentials.list({ ...place, ...(search === undefined ? {} : { search }), ...sort });
        const known = listed.map((each) => aged(each, now));
        const all = sort === undefined ? known.toSorted(oldestFirst) : known;
        return showCredentials(stale === undefined ? all : all.filter((each) => isOlderThan(stale, each)), frame.width);
      });
    });

  registerGet(credentials, frame, {
    example: "11262 --json",
    look: async ({ credentials: api }, id, place) => show(await api.get(id, place)),
  });

  writes(credentials.command("create"))
    .description("make one; its secret is piped in or asked for")
    .requiredOption("--name <name>", "what people will look for; none may have it yet")
    .requiredOption("--type <type>", CREDENTIAL_TYPES.join(", "), typeArgument)
    .option("--user <name>", "the user name; PASSWORD needs none")
    .option("--domain <domain>", "the user's domain")
    .option("--description <text>", "what it is for")
    .option("--key-file <path>", KEY_FILE)
    .addHelpText(
      "after",
      `${SECRET}\n\nExamples:\n  $ pra zpa credentials create --name plc-gateway --type SSH_KEY --user plc --key-file plc.pem\n  $ pwgen -s 24 1 | pra zpa credentials create --name "Boiler panel" --type PASSWORD --dry-run`,
    )
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.write(flags, {
        plan: async (client, place) => {
          const fields = wantedFields(flags, place);
          refuseIncompleteFields(fields);
          await refuseTakenName(client.credentials, fields);
          const secret = await secretFor(fields, flags);
          await refuseTakenName(client.credentials, fields); // whoever types takes their time
          return credentialToCreate(client.credentials, { ...fields, secret });
        },
        show,
      });
    });

  writes(credentials.command("update"))
    .description("change one; what is not named stays as it is, and the secret is to be given again")
    .argument("<id>", "its id in ZPA")
    .option("--name <name>", "another name")
    .option("--user <name>", "another user name")
    .option("--domain <domain>", "another domain")
    .option("--description <text>", "another description")
    .option("--key-file <path>", KEY_FILE)
    .addHelpText("after", `${SECRET}\n\nExample:\n  $ pra zpa credentials update 11262 --description "Line 4 as well" --key-file plc.pem`)
    .action((id: string, _: unknown, command: Command) => change(id, flagsOf(command), "update"));

  writes(credentials.command("rotate"))
    .description("give one another secret, and change nothing else")
    .argument("<id>", "its id in ZPA")
    .option("--key-file <path>", KEY_FILE)
    .addHelpText("after", `${SECRET}\n\nExample:\n  $ pra zpa credentials rotate 11262`)
    .action((id: string, _: unknown, command: Command) => change(id, flagsOf(command), "rotate"));

  writesAfterQuestion(credentials.command("delete"))
    .description("delete one; shows which rules of the credential policy use it, and asks")
    .argument("<id>", "its id in ZPA")
    .addHelpText("after", "\nExample:\n  $ pra zpa credentials delete 11262")
    .action(async (id: string, _: unknown, command: Command) => {
      let asked: readonly string[] = [];
      await frame.write(flagsOf(command), {
        plan: async (client, place) => {
          const current = await standing(client, id, place);
          const uses = await usesOfCredential(client)(id, place.microtenantId);
          asked = [...credentialLines(aged(current, systemClock.now())), ...useLines(uses), "This credential is going to be deleted."];
          return credentialToDelete(client.credentials, current);
        },
        ask: () => asked,
        show: (read) => (read === null ? { json: { deleted: id }, lines: [`Deleted: ${id}`] } : show(read)),
      });
    });

  writes(credentials.command("move"))
    .description("move one between the Default microtenant and another; --microtenant says where it is now")
    .argument("<id>", "its id in ZPA")
    .requiredOption("--to <microtenant>", "where to: its id in ZPA, or default", microtenantArgument)
    .addHelpText("after", "\nExample:\n  $ pra zpa credentials move 11262 --to 145260601092866314")
    .action(async (id: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.write(flags, {
        plan: async (client, place) => {
          const to = flags.to === undefined || flags.to === "default" || flags.to === "0" ? null : flags.to;
          const current = await standing(client, id, place);
          return credentialToMove(client.credentials, { current, from: place.microtenantId, to });
        },
        show,
      });
    });

  const change = (id: string, flags: CredentialFlags, verb: CredentialChange): Promise<void> =>
    frame.write(flags, {
      plan: async (client, place) => {
        const current = await standing(client, id, place);
        const fields = { ...fieldsOf(current), ...(verb === "rotate" ? {} : changesOf(flags)) };
        refuseIncompleteFields(fields);
        if (fields.name !== current.name) await refuseTakenName(client.credentials, { id, ...fields });
        const draft = { ...fields, secret: await secretFor(fields, flags) };
        if (!isDeepStrictEqual(await standing(client, id, place), current))
          throw new PortcullisError("zpa_object_changed", { params: { subject: id } });
        return credentialToUpdate(client.credentials, { current, draft, verb });
      },
      show,
    });

  const secretFor = ({ type }: CredentialFields, { keyFile }: CredentialFlags): Promise<CredentialSecret> => {
    const { input = process.stdin, errors, readFile } = frame.ports;
    return readCredentialSecret({ input, errors, readFile }, { type, keyFile });
  };
}

/** An answer need not repeat where it was asked, and what is written must not go elsewhere. */
const standing = async ({ credentials }: ZpaClient, id: string, place: Place): Promise<PrivilegedCredential> => ({
  ...(await credentials.get(id, place)),
  ...place,
});

const wantedFields = (flags: CredentialFlags, place: Place): CredentialFields => {
  const { name = "", type = "USERNAME_PASSWORD", user = null, domain = null, description = null } = flags;
  return { name, type, userName: user, userDomain: domain, description, ...place };
};

const changesOf = ({ name, user, domain, description }: CredentialFlags): Partial<CredentialFields> => ({
  ...(name === undefined ? {} : { name }),
  ...(user === undefined ? {} : { userName: user }),
  ...(domain === undefined ? {} : { userDomain: domain }),
  ...(description === undefined ? {} : { description }),
});

function typeArgument(text: string): CredentialType {
  const wanted = text.toUpperCase().replaceAll("-", "_");
  const type = CREDENTIAL_TYPES.find((each) => each === wanted);
  if (type === undefined) throw new InvalidArgumentError(`one of ${CREDENTIAL_TYPES.join(", ")}`);
  return type;
}

function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("a number of days");
  return Number(text);
}
