import { differenceInDays } from "date-fns/differenceInDays";
import { fromUnknown, type PortcullisError } from "../../errors.ts";
import type { PrivilegedCredential } from "../zpa/credentials/credential.ts";
import type { Microtenant } from "../zpa/zpa-client.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialList, CredentialPlace, CredentialsService, CredentialView } from "./credentials-service.ts";

type ListPorts = Pick<CredentialPorts, "people" | "zpa" | "clock" | "maxAgeDays" | "log">;

/** ZPA calls the Default microtenant 0, and leaves it out of some lists. */
const DEFAULT: CredentialPlace = { id: null, name: "Default" };

/** What administrators see of the credentials, the oldest secret first. */
export const listCredentials =
  (ports: ListPorts): CredentialsService["list"] =>
  async ({ by, search = "", microtenantId }) => {
    await administrator(ports, by);
    const { credentials, ...rest } = await readCredentials(ports, microtenantId);
    const sought = search.trim().toLocaleLowerCase();
    return { ...rest, credentials: credentials.filter((each) => textOf(each).includes(sought)) };
  };

/**
 * Every credential, asked by nobody in particular: what the report reads.
 * @param microtenantId undefined: of every microtenant
 * @throws PortcullisError `zpa_*` when none of the microtenants could be read
 */
export async function readCredentials(ports: Omit<ListPorts, "people">, microtenantId?: string | null): Promise<CredentialList> {
  const places = await placesOf(ports);
  const chosen =
    microtenantId === undefined
      ? places
      : [places.find(({ id }) => id === microtenantId) ?? { id: microtenantId, name: microtenantId ?? "" }];
  const unread: { microtenantName: string; code: string }[] = [];
  let first: PortcullisError | null = null;
  // Several microtenants may list one that they inherit: it is shown once, where it belongs.
  const found = new Map<string, CredentialView>();
  for (const place of chosen) {
    try {
      const listed = await ports.zpa.credentials.list({ microtenantId: place.id });
      for (const each of listed)
        if (!found.has(each.id) || each.microtenantId === place.id) found.set(each.id, viewOf(ports, each, places));
    } catch (thrown) {
      const error = fromUnknown(thrown);
      // One that cannot be listed hides no other.
      first ??= error;
      ports.log.warn({ err: error, microtenantId: place.id }, "credentials.microtenant-not-read");
      unread.push({ microtenantName: place.name, code: error.code });
    }
  }
  // When there is no other, that is the answer.
  if (first !== null && unread.length === chosen.length) throw first;
  return { credentials: [...found.values()].toSorted(oldestFirst), maxAgeDays: ports.maxAgeDays, unread };
}

/** One as it stands in ZPA now. @throws PortcullisError `zpa_*` */
export const readCredential = (
  { zpa }: Pick<CredentialPorts, "zpa">,
  id: string,
  microtenantId: string | null,
): Promise<PrivilegedCredential> => zpa.credentials.get(id, { microtenantId });

/** The same for whoever looks at it. */
export const getCredential =
  (ports: ListPorts): CredentialsService["get"] =>
  async ({ by, credentialId, microtenantId }) => {
    await administrator(ports, by);
    return viewOf(ports, await readCredential(ports, credentialId, microtenantId), await placesOf(ports));
  };

/** Every microtenant, the Default one always among them. @throws PortcullisError `zpa_*` */
export async function placesOf({ zpa }: Pick<CredentialPorts, "zpa">): Promise<readonly CredentialPlace[]> {
  const listed = (await zpa.microtenants.list()).map(({ id, name }: Microtenant) => ({ id: id === "0" ? null : id, name }));
  return listed.some(({ id }) => id === null) ? listed : [DEFAULT, ...listed];
}

export function viewOf(
  { clock, maxAgeDays }: Pick<CredentialPorts, "clock" | "maxAgeDays">,
  { raw: _, modifiedAt: __, ...credential }: PrivilegedCredential,
  places: readonly CredentialPlace[] = [DEFAULT],
): CredentialView {
  const since = credential.lastResetAt ?? credential.createdAt;
  const ageDays = since === null ? null : Math.max(0, differenceInDays(clock.now(), since));
  const place = places.find(({ id }) => id === credential.microtenantId);
  return {
    ...credential,
    microtenantName: place?.name ?? credential.microtenantName ?? credential.microtenantId ?? DEFAULT.name,
    ageDays,
    isStale: ageDays === null || ageDays > maxAgeDays,
  };
}

const textOf = ({ id, name, description, userName, userDomain, microtenantName }: CredentialView): string =>
  [id, name, description, userName, userDomain, microtenantName].join("\n").toLocaleLowerCase();

const oldestFirst = (one: CredentialView, other: CredentialView): number =>
  (other.ageDays ?? Number.POSITIVE_INFINITY) - (one.ageDays ?? Number.POSITIVE_INFINITY) || one.name.localeCompare(other.name);
