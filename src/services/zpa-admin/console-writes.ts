import type { ConsoleDraft, ConsolesApi, PraConsole } from "../zpa/consoles/console.ts";
import { readGone } from "./read-gone.ts";
import type { AdminWrite } from "./record-write.ts";

/** A console made. */
export const consoleToCreate = (consoles: ConsolesApi, draft: ConsoleDraft): AdminWrite<{ readonly id: string }, PraConsole> => ({
  object: "console",
  verb: "create",
  subject: draft.name,
  before: null,
  intended: { ...draft },
  write: () => consoles.create(draft),
  readBack: ({ id }) => consoles.get(id, draft),
  noted: notedConsole,
  asIntended: (read) => isAsDrafted(read, draft),
});

/** Several made by one call, all of them or none. */
export const consolesToCreate = (
  consoles: ConsolesApi,
  drafts: readonly ConsoleDraft[],
): AdminWrite<readonly { readonly id: string }[], readonly PraConsole[]> => ({
  object: "console",
  verb: "create-many",
  subject: drafts
    .map(({ name }) => name)
    .join(", ")
    .slice(0, 300),
  before: null,
  intended: { consoles: drafts },
  write: () => consoles.createMany(drafts),
  readBack: async (made) => {
    const ids = new Set(made.map(({ id }) => id));
    // One list costs less of ZPA's budget than a call for each.
    return (await consoles.list({ microtenantId: drafts[0]?.microtenantId ?? null })).filter(({ id }) => ids.has(id));
  },
  noted: (read) => ({ consoles: read.map(notedConsole) }),
  asIntended: (read) => read.length === drafts.length && drafts.every((draft) => read.some((each) => isAsDrafted(each, draft))),
});

/** A console changed. `current` is what was looked at: it is sent back with the draft over it. */
export const consoleToUpdate = (
  consoles: ConsolesApi,
  { current, draft, verb = "update" }: { readonly current: PraConsole; readonly draft: ConsoleDraft; readonly verb?: ConsoleChange },
): AdminWrite<void, PraConsole> => ({
  object: "console",
  verb,
  subject: current.id,
  before: notedConsole(current),
  intended: { ...draft },
  write: () => consoles.update(current, draft),
  readBack: () => consoles.get(current.id, current),
  noted: notedConsole,
  asIntended: (read) => isAsDrafted(read, draft),
});

export type ConsoleChange = "update" | "enable" | "disable";

/** A console deleted. */
export const consoleToDelete = (consoles: ConsolesApi, current: PraConsole): AdminWrite<void, PraConsole | null> => ({
  object: "console",
  verb: "delete",
  subject: current.id,
  before: notedConsole(current),
  intended: null,
  write: () => consoles.delete(current.id, current),
  readBack: () => readGone(() => consoles.get(current.id, current)),
  noted: (read) => (read === null ? { gone: true } : notedConsole(read)),
  asIntended: (read) => read === null,
});

/** What a console says, as a draft that changes nothing. */
export const draftOf = ({ name, description, enabled, praApplicationId, portalIds, microtenantId }: PraConsole): ConsoleDraft => ({
  name,
  description,
  enabled,
  praApplicationId,
  portalIds,
  microtenantId,
});

const notedConsole = (console: PraConsole): Record<string, unknown> => ({ id: console.id, ...draftOf(console) });

const isAsDrafted = (read: PraConsole, draft: ConsoleDraft): boolean =>
  read.name === draft.name &&
  (read.description ?? "") === (draft.description ?? "") &&
  read.enabled === draft.enabled &&
  read.praApplicationId === draft.praApplicationId &&
  read.microtenantId === draft.microtenantId &&
  read.portalIds.toSorted().join() === draft.portalIds.toSorted().join();
