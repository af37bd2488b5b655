import { z } from "zod";
import { parseJson } from "../http-client/json.ts";
import type { SailPointApproval, SailPointIdentity, SailPointStatus } from "./approval.ts";

/**
 * Nothing but the id is required by SailPoint's schema, and the answers of two versions differ: what cannot be read counts as not said, so
 * that one odd object does not hide the rest of a list. `raw` keeps it.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === "" ? null : value))
  .catch(null);

/** RFC 3339 with any fraction. Go writes the year 1 for "never". */
const instant = z
  .string()
  .nullish()
  .transform((value) => {
    const at = new Date(value ?? "");
    return at.getTime() > 0 ? at : null;
  })
  .catch(null);

const maybeList = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? null)
    .catch(null);

const maybe = <Value extends z.ZodType>(value: Value) =>
  value
    .nullish()
    .transform((given) => given ?? null)
    .catch(null);

const member = z.object({ id: z.string(), name: text, email: text });

/** The page spells `identityID`, chains `identityId`. */
const identity = z
  .object({
    identityID: z.string().optional(),
    identityId: z.string().optional(),
    id: z.string().optional(),
    type: text,
    name: text,
    email: text,
    serialOrder: z.number().catch(0),
    members: z.array(member).nullish().catch(null),
  })
  .transform(({ identityID, identityId, id, members, ...rest }, context): SailPointIdentity => {
    const known = identityID ?? identityId ?? id ?? "";
    if (known === "") context.addIssue({ code: "custom", message: "an identity without an id" });
    return { id: known, members: members ?? [], ...rest };
  });

const decision = z.object({ decisionDate: instant }).and(identity).transform(decidedBy);

function decidedBy({ decisionDate, ...by }: { readonly decisionDate: Date | null } & SailPointIdentity) {
  return { identity: by, at: decisionDate };
}

const comment = z
  .object({ commentId: text, author: maybe(identity), comment: z.string().catch(""), createdDate: instant })
  .transform(({ commentId, author, comment: said, createdDate }) => ({ id: commentId, author, text: said, at: createdDate }));

const reference = z.object({ id: text, type: text, name: text });

const target = z
  .object({ id: text, name: text, targetType: text, requestType: text, reauthRequired: z.boolean().nullish().catch(true) })
  .transform(({ targetType, reauthRequired, ...rest }) => ({ ...rest, type: targetType, needsReauthentication: reauthRequired ?? false }));

const reassignment = z
  .object({
    reassignedFrom: maybe(identity),
    reassignedTo: maybe(identity),
    reassigner: maybe(identity),
    reassignmentDate: instant,
    reassignmentType: text,
  })
  .transform((wire) => ({
    from: wire.reassignedFrom,
    to: wire.reassignedTo,
    by: wire.reassigner,
    at: wire.reassignmentDate,
    kind: wire.reassignmentType,
  }));

/** Localised texts; live tenants also send plain ones. The first has to do. */
const localised = z
  .union([z.string(), z.array(z.object({ value: z.string() })).transform((texts) => texts[0]?.value ?? "")])
  .nullish()
  .transform((value) => value || null)
  .catch(null);

const statuses: ReadonlyMap<string, SailPointStatus> = new Map<string, SailPointStatus>([
  ["PENDING", "PENDING"],
  ["APPROVED", "APPROVED"],
  ["REJECTED", "REJECTED"],
  ["EXPIRED", "EXPIRED"],
  ["CANCELLED", "CANCELLED"],
  ["CANCELED", "CANCELLED"],
  ["PASSED", "PASSED"],
]);

/** The schema forgets it, the API sends it. */
const status = z
  .string()
  .optional()
  .transform((value) => statuses.get(value?.toUpperCase() ?? "") ?? "UNKNOWN")
  .catch("UNKNOWN");

/** Written as an object, read back as a string that holds JSON. */
const attributes = z
  .unknown()
  .optional()
  .transform((value): Readonly<Record<string, unknown>> | null => {
    if (value === undefined || value === null || value === "") return {};
    const { success, data } = z.record(z.string(), z.unknown()).safeParse(typeof value === "string" ? jsonOrNull(value) : value);
    return success ? data : null;
  });

function jsonOrNull(said: string): unknown {
  try {
    return parseJson(said);
  } catch {
    return null; // the caller is told that they cannot be read
  }
}

const shape = z.object({
  id: z.string().min(1),
  type: text,
  status,
  name: localised,
  description: localised,
  priority: text,
  requester: maybe(identity),
  requestee: maybe(identity),
  approvers: maybeList(identity),
  assignedTo: maybeList(identity),
  approvedBy: maybeList(decision),
  rejectedBy: maybeList(decision),
  comments: maybeList(comment),
  referenceData: maybeList(reference),
  requestedTarget: z.preprocess(
    (value) => (typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : value),
    maybeList(target),
  ),
  reassignmentHistory: maybeList(reassignment),
  additionalAttributes: attributes,
  approvalConfig: maybe(z.object({ requiresComment: text })),
  createdDate: instant,
  modifiedDate: instant,
  dueDate: instant,
  completedDate: instant,
});

/** An approval, in whichever profile it was answered. */
export const approvalOnWire = z.record(z.string(), z.unknown()).transform((raw, context): SailPointApproval => {
  const { success, data, error } = shape.safeParse(raw);
  if (!success) {
    for (const { path, message } of error.issues) context.addIssue({ code: "custom", path: [...path], message });
    return z.NEVER;
  }
  const {
    createdDate,
    modifiedDate,
    dueDate,
    completedDate,
    approvalConfig,
    referenceData,
    requestedTarget,
    reassignmentHistory,
    ...same
  } = data;
  return {
    ...same,
    references: referenceData,
    targets: requestedTarget,
    reassignments: reassignmentHistory,
    requiresComment: approvalConfig?.requiresComment ?? null,
    createdAt: createdDate,
    modifiedAt: modifiedDate,
    dueAt: dueDate,
    completedAt: completedDate,
    raw,
  };
});
