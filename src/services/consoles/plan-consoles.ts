import { createHash } from "node:crypto";
import { PortcullisError } from "../../errors.ts";
import type { ConsoleDraft } from "../zpa/consoles/console.ts";
import { consoleNames } from "./console-names.ts";
import type { ReadRoom } from "./console-room.ts";
import {
  CONSOLES_AT_ONCE,
  type ConsolesPlan,
  type ConsoleTarget,
  type NewConsoles,
  PATTERN_MAX_LENGTH,
  PORTALS_AT_ONCE,
} from "./consoles.ts";

/**
 * Exactly what would be made of what was chosen, in the room as it is now. Looks at nothing else.
 *
 * @throws PortcullisError `console_draft_incomplete` | `console_pattern_invalid` | `console_name_taken` | `console_exists`, each with its field;
 *   `consoles_changed` for an application or a portal that is gone
 */
export function planConsoles(room: ReadRoom, wanted: NewConsoles): ConsolesPlan {
  refuseIncomplete(wanted);
  const consoles = namedTargets(room, wanted);
  for (const { application } of consoles) {
    const [known] = room.consoles.filter(({ praApplicationId }) => praApplicationId === application.id);
    if (known !== undefined)
      throw new PortcullisError("console_exists", {
        field: "consoleApplications",
        params: { application: application.domain ?? application.name, console: known.name },
      });
  }
  const names = new Set(room.consoles.map(({ name }) => name.toLowerCase()));
  for (const { name } of consoles)
    if (names.has(name.toLowerCase())) throw new PortcullisError("console_name_taken", { field: "consolePattern", params: { name } });
  const portals = room.portals.filter(({ id }) => wanted.portalIds.includes(id));
  if (portals.length !== new Set(wanted.portalIds).size) throw new PortcullisError("consoles_changed", { field: "consolePortals" });
  const planned = { wanted, microtenantName: room.microtenantName, consoles, portals };
  return { ...planned, seal: sealOf(planned) };
}

/** What is wanted by name and application. @throws PortcullisError `consoles_changed` for an application that is gone, and as {@link consoleNames} */
export function namedTargets(room: Pick<ReadRoom, "targets">, { applicationIds, pattern }: NewConsoles): ConsolesPlan["consoles"] {
  const ids = new Set(applicationIds);
  const targets = room.targets.filter(({ id }) => ids.has(id));
  if (targets.length !== ids.size) throw new PortcullisError("consoles_changed", { field: "consoleApplications" });
  const names = consoleNames(pattern, targets);
  return targets.map((application: ConsoleTarget, index) => ({ name: names[index] ?? "", application }));
}

/** As ZPA is to have them. */
export const draftsOf = ({ wanted, consoles, portals }: ConsolesPlan): readonly ConsoleDraft[] =>
  consoles.map(({ name, application }) => ({
    name,
    description: null,
    enabled: true,
    praApplicationId: application.id,
    portalIds: portals.map(({ id }) => id),
    microtenantId: wanted.microtenantId,
  }));

function refuseIncomplete({ applicationIds, portalIds, pattern }: NewConsoles): void {
  const missing = (field: "consoleApplications" | "consolePortals" | "consolePattern", limit: number) =>
    new PortcullisError("console_draft_incomplete", { field, params: { missing: field, limit } });
  if (applicationIds.length === 0 || applicationIds.length > CONSOLES_AT_ONCE) throw missing("consoleApplications", CONSOLES_AT_ONCE);
  if (portalIds.length === 0 || portalIds.length > PORTALS_AT_ONCE) throw missing("consolePortals", PORTALS_AT_ONCE);
  if (pattern.trim() === "" || pattern.length > PATTERN_MAX_LENGTH) throw missing("consolePattern", PATTERN_MAX_LENGTH);
}

const sealOf = ({ wanted: { microtenantId }, consoles, portals }: Omit<ConsolesPlan, "seal">): string =>
  shortHash([microtenantId, consoles.map(({ name, application }) => [name, application.id]), portals.map(({ id }) => id)]);

/** Of a value as JSON: what was shown is compared with what stands, and a view remembers little. */
export const shortHash = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 24);
