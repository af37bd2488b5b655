import { explainPlainly } from "../http/control/explain-plainly.ts";
import { type Control, startControlOf } from "../http/control/start-control.ts";
import { operateAccess } from "../services/access/operate-access.ts";
import { explainApproval } from "../services/approvals/explain-approval.ts";
import { createAuditService } from "../services/audit/audit-service.ts";
import { breakGlassAtTerminal } from "../services/emergency/break-glass-at-terminal.ts";
import type { Services } from "../services/services.ts";
import { createAdminLedger } from "../services/zpa-admin/admin-ledger.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Ledger } from "./wire-ledger.ts";
import type { Ports } from "./wire-ports.ts";
import type { Reading } from "./wire-reading.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";

interface Wired extends Given, Store {
  readonly ledger: Pick<Ledger, "keys">;
  readonly reading: Pick<Reading, "people">;
  readonly slackPorts: Pick<SlackPorts, "nameOf">;
  readonly ports: Ports;
  readonly services: Pick<Services, "rules" | "findings">;
}

/** Answers `pra`, since the embedded database has one owner. Null on a PostgreSQL, which `pra` opens itself. */
export async function openControl(wired: Wired): Promise<Control | null> {
  const { config, log, clock, ids, timers, database, db, ledger, reading, slackPorts, ports, services } = wired;
  if (database.kind !== "pglite") return null;
  const { people } = reading;
  const { admins, deciding, emergency, named } = ports;
  const explain = explainApproval({ db, membersOf: people.membersOf, clock, admins });
  const controlled = {
    rules: services.rules,
    access: operateAccess(deciding),
    findings: services.findings,
    adminLedger: createAdminLedger({ db, people, clock }),
    explain: explainPlainly({ explain, nameOf: slackPorts.nameOf }),
    audit: createAuditService({ db, keys: ledger.keys, clock }),
    breakGlass: breakGlassAtTerminal({ ...emergency, named }),
  };
  return startControlOf({ folder: config.database.folder, services: controlled, ids, log, timers });
}
