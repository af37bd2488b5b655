import { z } from "zod";
import { PortcullisError } from "../../../errors.ts";
import { StorableText, unstorableIn } from "../../policy/storable-text.ts";
import type { Holder } from "../approval.ts";
import { type ApprovalConfig, ApprovalCriteria, parseApprovalConfig, problemsIn } from "../approval-config.ts";
import { DEEDS, type Deed } from "../command-body.ts";

const id = StorableText.trim().min(1);
const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], {
    error: "must be an ISO instant such as 2026-03-01T09:00:00Z",
  })
  .transform((text) => new Date(text));

const Written = z.object({
  config: z.unknown().optional(),
  criteria: ApprovalCriteria,
  requester: id,
  requestee: id.nullish(),
  approvers: z.array(z.union([id, z.object({ group: id, members: z.array(id) })])).min(1),
  admins: z.array(id).nullish(),
  openedAt: instant,
  commands: z.array(z.object({ at: instant, by: id, do: z.enum(DEEDS), body: z.unknown().optional() })).nullish(),
  until: instant.nullish(),
});

/** What happens to one approval, and when; people are named by short ids. */
export interface RehearsalScript {
  readonly config: ApprovalConfig;
  readonly criteria: ApprovalCriteria;
  readonly requester: string;
  readonly requestee: string;
  /** In the order of a serial chain. */
  readonly approvers: readonly Holder[];
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly admins: readonly string[];
  readonly openedAt: Date;
  /** In the order of time. `place` is where the command stood in the script. */
  readonly commands: readonly {
    readonly place: number;
    readonly at: Date;
    readonly by: string;
    readonly deed: Deed;
    readonly body: unknown;
  }[];
  /** Inclusive. */
  readonly until: Date;
}

/**
 * Reads a script for `pra approvals replay`.
 * @throws PortcullisError `invalid_input` with what is wrong and where
 */
export function parseScript(input: unknown): RehearsalScript {
  const parsed = Written.safeParse(input);
  if (!parsed.success) throw wrong(problemsIn(parsed.error), parsed.error);
  const { requester, requestee, openedAt, approvers, admins, criteria, config, commands, until } = parsed.data;
  const unstorable = unstorableIn({ config });
  if (unstorable !== null) throw wrong(unstorable);
  refuseClashes(parsed.data);
  const groups = new Map(approvers.flatMap((each) => (typeof each === "string" ? [] : [[each.group, each.members] as const])));
  const ordered = (commands ?? [])
    .map(({ at, by, do: deed, body }, place) => ({ place, at, by, deed, body }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const end = until ?? ordered.at(-1)?.at ?? openedAt;
  if (end < openedAt) throw wrong("until: is before openedAt");
  for (const { place, at } of ordered)
    if (at < openedAt || at > end) throw wrong(`commands.${place}.at: is not between openedAt and until`);
  return {
    config: withGroups(parseApprovalConfig(config ?? {}), groups),
    criteria,
    requester,
    requestee: requestee ?? requester,
    approvers: approvers.map((each) =>
      typeof each === "string" ? { kind: "person", userId: each } : { kind: "group", groupId: each.group },
    ),
    groups,
    admins: admins ?? [],
    openedAt,
    commands: ordered,
    until: end,
  };
}

type Named = readonly [path: string, id: string];

/**
 * A name stands for one person or for one group, and for nothing else. Administrators, the fallback and the chain may name a group.
 * @throws PortcullisError `invalid_input`
 */
function refuseClashes({ requester, requestee, approvers, commands }: z.infer<typeof Written>): void {
  const groups = new Set<string>();
  for (const [place, each] of approvers.entries()) {
    if (typeof each === "string") continue;
    if (groups.has(each.group)) throw wrong(`approvers.${place}.group: ${each.group} is a group already`);
    groups.add(each.group);
  }
  const people: Named[] = [
    ["requester", requester],
    ["requestee", requestee ?? requester],
    ...approvers.flatMap((each, place): Named[] =>
      typeof each === "string"
        ? [[`approvers.${place}`, each]]
        : each.members.map((member, index) => [`approvers.${place}.members.${index}`, member]),
    ),
    ...(commands ?? []).map(({ by }, place): Named => [`commands.${place}.by`, by]),
  ];
  const clash = people.find(([, name]) => groups.has(name));
  if (clash !== undefined) throw wrong(`${clash[0]}: ${clash[1]} is a group, and cannot be a person, too`);
}

/** An id that names one of the script's groups means the group, whether or not its type is written. */
function withGroups(config: ApprovalConfig, groups: ReadonlyMap<string, unknown>): ApprovalConfig {
  const { escalationConfig, fallbackApprover } = config;
  const escalationChain = escalationConfig.escalationChain.map((link) =>
    groups.has(link.identityId) ? { ...link, identityType: "GOVERNANCE_GROUP" as const } : link,
  );
  return {
    ...config,
    escalationConfig: { ...escalationConfig, escalationChain },
    fallbackApprover:
      fallbackApprover && groups.has(fallbackApprover.identityID) ? { ...fallbackApprover, type: "GOVERNANCE_GROUP" } : fallbackApprover,
  };
}

const wrong = (problem: string, cause?: Error): PortcullisError => new PortcullisError("invalid_input", { params: { problem } }, { cause });
