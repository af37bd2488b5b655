import type { PraConsole } from "../../services/zpa/consoles/console.ts";
import type { Shown } from "./frame.ts";
import { factLines, tableLines } from "./table.ts";

const fieldsOf = ({ raw: _, ...fields }: PraConsole) => fields;

const portalsText = ({ portals }: PraConsole): string => portals.map(({ id, name }) => name ?? id).join(", ");
const applicationText = ({ domain, protocol, praApplicationId }: PraConsole): string =>
  domain === null ? praApplicationId : [domain, protocol].filter((part) => part !== null).join(" ");

/** One, with the object as ZPA sent it for programs. */
export const showConsole = (console: PraConsole): Shown => ({
  json: { console: { ...fieldsOf(console), raw: console.raw } },
  lines: consoleLines(console),
});

export const consoleLines = (console: PraConsole): readonly string[] =>
  factLines([
    ["Id", console.id],
    ["Name", console.name],
    ["Description", console.description],
    ["Enabled", console.enabled ? "yes" : "no"],
    ["Application", `${applicationText(console)} (${console.praApplicationId})`],
    ["Segment", console.segmentId],
    ["Portals", console.portals.map(({ id, name }) => (name === null ? id : `${name} (${id})`)).join(", ")],
    ["Microtenant", console.microtenantId ?? "Default"],
  ]);

/** Many. */
export const showConsoles = (consoles: readonly PraConsole[], width: number | null): Shown => ({
  json: { consoles: consoles.map(fieldsOf) },
  lines:
    consoles.length === 0
      ? ["No console."]
      : tableLines(
          ["Id", "Name", "Enabled", "Application", "Portals", "Description"],
          consoles.map((console) => [
            console.id,
            console.name,
            console.enabled ? "yes" : "no",
            applicationText(console),
            portalsText(console),
            console.description,
          ]),
          width,
        ),
});
