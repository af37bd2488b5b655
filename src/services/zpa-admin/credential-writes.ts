import { PortcullisError } from "../../errors.ts";
import {
  CREDENTIAL_TYPES,
  type CredentialDraft,
  type CredentialMove,
  type CredentialsApi,
  type PrivilegedCredential,
} from "../zpa/credentials/credential.ts";
import { orFound } from "./after-lost-answer.ts";
import { readGone } from "./read-gone.ts";
import type { AdminWrite } from "./record-write.ts";

type Done = { readonly id: string };

/** What a credential says of itself: all of a draft but its secret. */
export type CredentialFields = Omit<CredentialDraft, "secret">;

/**
 * Refuses the name of another one, upper and lower case alike.
 *
 * Two of one name could be told apart neither by people nor by us after a lost answer, and whether ZPA refuses the second is not known.
 * @throws PortcullisError `invalid_input`
 */
export async function refuseTakenName(
  credentials: CredentialsApi,
  { id, name, microtenantId }: Pick<CredentialFields, "name" | "microtenantId"> & { readonly id?: string },
): Promise<void> {
  const listed = await credentials.list({ microtenantId });
  const standing = listed.find((each) => each.id !== id && each.name.toLowerCase() === name.toLowerCase());
  if (standing !== undefined)
    throw new PortcullisError("invalid_input", { params: { problem: `a credential of this name stands already (${standing.id})` } });
}

/** A credential made. Its name was free ({@link refuseTakenName}): after a lost answer, one that has it and the type is this one. */
export const credentialToCreate = (credentials: CredentialsApi, draft: CredentialDraft): AdminWrite<Done, PrivilegedCredential> => {
  const { name, type, microtenantId } = draft;
  return {
    object: "credential",
    verb: "create",
    subject: name,
    before: null,
    intended: notedDraft(draft),
    write: () =>
      orFound(
        () => credentials.create(draft),
        async () => {
          const [found, second] = (await credentials.list({ microtenantId })).filter((each) => each.name === name && each.type === type);
          return found === undefined || second !== undefined ? null : found;
        },
      ),
    readBack: ({ id }) => credentials.get(id, { microtenantId }),
    noted: notedCredential,
    asIntended: (read) => isAsDrafted(read, draft),
  };
};

/** `rotate` is an update of the secret alone. */
export type CredentialChange = "update" | "rotate";

/** A credential changed, its secret with it: ZPA takes no update without one. After a lost answer the instant of the last reset tells. */
export const credentialToUpdate = (
  credentials: CredentialsApi,
  { current, draft, verb }: { readonly current: PrivilegedCredential; readonly draft: CredentialDraft; readonly verb: CredentialChange },
): AdminWrite<Done, PrivilegedCredential> => {
  const read = () => credentials.get(current.id, { microtenantId: current.microtenantId });
  const isReset = ({ lastResetAt }: PrivilegedCredential): boolean =>
    lastResetAt !== null && (current.lastResetAt === null || lastResetAt > current.lastResetAt);
  return {
    object: "credential",
    verb,
    subject: current.id,
    before: notedCredential(current),
    intended: notedDraft(draft),
    write: () =>
      orFound(
        async () => {
          await credentials.update(current, draft);
          return current;
        },
        async () => {
          const stands = await read();
          return isReset(stands) && isAsDrafted(stands, draft) ? stands : null;
        },
      ),
    readBack: read,
    noted: notedCredential,
    // Whole seconds: of two changes in one second the second one is not proven, and says so.
    asIntended: (stands) => isReset(stands) && isAsDrafted(stands, draft),
  };
};

/** A credential deleted. */
export const credentialToDelete = (
  credentials: CredentialsApi,
  current: PrivilegedCredential,
): AdminWrite<Done, PrivilegedCredential | null> => {
  const stillThere = () => readGone(() => credentials.get(current.id, current));
  return {
    object: "credential",
    verb: "delete",
    subject: current.id,
    before: notedCredential(current),
    intended: null,
    write: () =>
      orFound(
        async () => {
          await credentials.delete(current.id, current);
          return current;
        },
        async () => ((await stillThere()) === null ? current : null),
      ),
    readBack: stillThere,
    noted: (read) => (read === null ? { gone: true } : notedCredential(read)),
    asIntended: (read) => read === null,
  };
};

/** A credential moved between microtenants. It is where it is read from, whether the answer repeats the microtenant or not. */
export const credentialToMove = (
  credentials: CredentialsApi,
  { current, from, to }: CredentialMove & { readonly current: PrivilegedCredential },
): AdminWrite<Done, PrivilegedCredential> => {
  const there = () => credentials.get(current.id, { microtenantId: to });
  return {
    object: "credential",
    verb: "move",
    subject: current.id,
    before: { ...notedCredential(current), microtenantId: from },
    intended: { microtenantId: to },
    write: () =>
      orFound(
        async () => {
          await credentials.move(current.id, { from, to });
          return current;
        },
        () => readGone(there),
      ),
    readBack: there,
    noted: (read) => ({ ...notedCredential(read), microtenantId: to }),
    asIntended: (read) => read.name === current.name && read.type === current.type && (read.microtenantId ?? to) === to,
  };
};

/**
 * What stands, as the fields of a draft that changes nothing but the secret.
 * @throws PortcullisError `invalid_input` for a type of a later version of ZPA, whose secret has another form
 */
export function fieldsOf({ name, description, type, userName, userDomain, microtenantId }: PrivilegedCredential): CredentialFields {
  const known = CREDENTIAL_TYPES.find((each) => each === type);
  if (known === undefined) throw new PortcullisError("invalid_input", { params: { problem: `its type ${type} is not known here` } });
  return { name, description, type: known, userName, userDomain, microtenantId };
}

/** Field by field, so that no secret can come along. */
const notedDraft = ({ name, description, type, userName, userDomain, microtenantId }: CredentialFields): Record<string, unknown> => ({
  name,
  description,
  type,
  userName,
  userDomain,
  microtenantId,
});

const notedCredential = ({ id, name, description, type, userName, userDomain, lastResetAt, microtenantId }: PrivilegedCredential) => ({
  ...{ id, name, description, type, userName, userDomain, microtenantId },
  lastResetAt: lastResetAt?.toISOString() ?? null,
});

const isAsDrafted = (read: PrivilegedCredential, draft: CredentialFields): boolean =>
  read.name === draft.name &&
  (read.description ?? "") === (draft.description ?? "") &&
  read.type === draft.type &&
  (read.userName ?? "") === (draft.userName ?? "") &&
  // ZPA takes a domain with a PASSWORD and forgets it (recorded by the vendor's SDK).
  (draft.type === "PASSWORD" || (read.userDomain ?? "") === (draft.userDomain ?? ""));
