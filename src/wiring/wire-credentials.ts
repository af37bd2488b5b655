import { createPageAddress } from "../http/credential-page/page-address.ts";
import { createCheckSecret } from "../services/credentials/check-secret.ts";
import type { CredentialPorts } from "../services/credentials/credentials-ports.ts";
import { createHandoverDoor } from "../services/credentials/handover-door.ts";
import { randomToken } from "../services/credentials/handover-keys.ts";
import { createReadKey } from "../services/credentials/read-key.ts";
import { usesOfCredential } from "../services/zpa-admin/credential-uses.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Reading } from "./wire-reading.ts";
import type { Tenant } from "./wire-tenant.ts";

export type Credentials = ReturnType<typeof wireCredentials>;

interface Wired extends Given, Store {
  readonly tenant: Pick<Tenant, "zpa" | "credentialTurns">;
  readonly reading: Pick<Reading, "people">;
}

/** The ports of credentials, what the page may do with a link, and where the page is once it is served. */
export function wireCredentials({ config, db, jobs, clock, ids, log, timers, tenant, reading }: Wired) {
  const address = createPageAddress(config.credentialPage);
  const ports: CredentialPorts = {
    db,
    jobs,
    people: reading.people,
    zpa: tenant.zpa,
    credentialTurns: tenant.credentialTurns,
    clock,
    timers,
    ids,
    log,
    maxAgeDays: config.credentialMaxAgeDays,
    pageUrl: address.urlOf,
    token: randomToken,
    checkSecret: createCheckSecret(createReadKey(timers)),
    usesOf: usesOfCredential(tenant.zpa),
  };
  return { ports, address, door: createHandoverDoor(ports) };
}
