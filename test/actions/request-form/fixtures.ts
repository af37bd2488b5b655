import type { Catalog, CatalogConsole } from "../../../src/services/catalog/catalog.ts";
import type { FormMemory, FormTime } from "../../../src/views/request-form-model.ts";
import { consoleNamed } from "../../views/models.ts";

export const now = new Date("2026-03-16T07:00:00Z");

/** A catalog that finds by part of a name, in order. */
export function catalogOf(consoles: readonly CatalogConsole[]): Catalog {
  const has = (text: string) => consoles.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return {
    search: (text, limit) => has(text).slice(0, limit),
    byId: (id) => consoles.find((each) => each.id === id) ?? null,
    byName: (name) => consoles.find((each) => each.name.toLowerCase() === name.toLowerCase()) ?? null,
    onSegment: (segmentId) => consoles.filter((each) => each.segmentId === segmentId),
    refreshedAt: () => now,
    size: () => consoles.length,
  };
}

export const catalog = catalogOf([
  consoleNamed("db-prod", { segmentId: "s1" }),
  consoleNamed("db-replica", { segmentId: "s1" }),
  consoleNamed("web-1"),
  consoleNamed("old-one", { enabled: false }),
  consoleNamed("elsewhere", { privilegedApprovalsEnabled: false }),
]);

export const time: FormTime = {
  when: "now",
  durationSeconds: 14_400,
  start: null,
  end: null,
  notBefore: null,
  periodSeconds: 1_209_600,
  until: null,
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  hoursStart: "09:00",
  hoursEnd: "17:00",
  timeZone: "Europe/Berlin",
};

export const memory: FormMemory = { person: { userId: "U1ANA", timeZone: "Europe/Lisbon", locale: "en-GB" }, time, problems: [] };
