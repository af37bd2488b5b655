import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import { reservedIn } from "../policy/remark.ts";
import { StorableText } from "../policy/storable-text.ts";
import type { Holder } from "./approval.ts";
import { problemsIn } from "./approval-config.ts";
import type { PersonCommand } from "./decide-approval.ts";

/** What can be done to an approval, by SailPoint's names: the last part of the path that it is posted to. */
export const DEEDS = ["approve", "reject", "reassign", "comment", "attributes", "cancel"] as const;
export type Deed = (typeof DEEDS)[number];

const comment = StorableText.nullish();
// Looked at before the record is read: it would leave `__proto__` out.
const attributes = z
  .unknown()
  .superRefine((written, context) => {
    const message = typeof written === "object" && written !== null ? reservedIn(written) : null;
    if (message !== null) context.addIssue({ code: "custom", message, input: written });
  })
  .pipe(z.record(StorableText.min(1), StorableText).nullish())
  .optional();
const named = StorableText.trim().min(1);
const bodies = {
  approve: z.looseObject({ comment, additionalAttributes: attributes }),
  reject: z.looseObject({ comment }),
  reassign: z.looseObject({ comment, reassignTo: named, reassignFrom: StorableText.trim().nullish() }),
  comment: z.looseObject({ comment }),
  attributes: z.looseObject({ comment, additionalAttributes: attributes, removeAttributeKeys: z.array(named).nullish() }),
  cancel: z.looseObject({ comment }),
};

/**
 * Reads one of SailPoint's request bodies (ApprovalApproveRequest and so on, seeds 004). Absent and null are the same; a blank
 * `reassignFrom` is one's own seat.
 *
 * @param holderNamed the person or group behind an id
 * @throws PortcullisError `invalid_input` with what is wrong and where
 */
export function commandOf(
  deed: Deed,
  body: unknown,
  { by, holderNamed }: { readonly by: SlackActor; readonly holderNamed: (id: string) => Holder },
): PersonCommand {
  switch (deed) {
    case "approve": {
      const given = read(bodies.approve, body);
      return { kind: deed, by, version: null, comment: given.comment ?? null, additionalAttributes: given.additionalAttributes ?? {} };
    }
    case "reject":
      return { kind: deed, by, version: null, comment: read(bodies.reject, body).comment ?? null };
    case "reassign": {
      const { reassignTo, reassignFrom, comment } = read(bodies.reassign, body);
      const from = reassignFrom ? holderNamed(reassignFrom) : null;
      return { kind: deed, by, version: null, from, to: holderNamed(reassignTo), comment: comment ?? null };
    }
    case "comment":
      return { kind: deed, by, comment: read(bodies.comment, body).comment ?? "" };
    case "attributes": {
      const { additionalAttributes, removeAttributeKeys, comment } = read(bodies.attributes, body);
      return { kind: deed, by, set: additionalAttributes ?? {}, remove: removeAttributeKeys ?? [], comment: comment ?? null };
    }
    case "cancel":
      return { kind: deed, by, comment: read(bodies.cancel, body).comment ?? null };
  }
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new PortcullisError("invalid_input", { params: { problem: problemsIn(parsed.error) } }, { cause: parsed.error });
}
