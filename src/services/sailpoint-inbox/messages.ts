import { z } from "zod";
import type { SailPointCard } from "./inbox.ts";

export const DigestBody = z.object({ count: z.number().int(), approvalIds: z.array(z.string()) });

export const MAPPING_PROBLEMS = [
  "no_email",
  "no_slack_user",
  "several_slack_users",
  "several_identities",
  "not_trusted",
  "members_not_listed",
  "not_a_person",
] as const;

export const UnmappedBody = z.object({
  identities: z.array(
    z.object({
      id: z.string(),
      type: z.string().nullable(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      problem: z.enum(MAPPING_PROBLEMS),
    }),
  ),
});
export type UnmappedIdentity = z.infer<typeof UnmappedBody>["identities"][number];

/** What a message about approvals of SailPoint's says. */
export type SailPointMessage =
  | { readonly kind: "card"; readonly card: SailPointCard }
  | { readonly kind: "digest"; readonly count: number; readonly isFirst: boolean; readonly names: readonly string[] }
  | { readonly kind: "unmapped"; readonly identities: readonly UnmappedIdentity[] };

export interface PostedMessage {
  readonly channelId: string;
  readonly ts: string;
}

/** What `slack/` fills in: draws such messages for whoever reads them, and sends them. */
export interface SailPointMessagePort {
  /** Digest of what would stand there now. */
  digest(userId: string, message: SailPointMessage): Promise<string>;
  /** @param key by which {@link findPosted} knows it again */
  post(userId: string, message: SailPointMessage, key: string): Promise<PostedMessage>;
  findPosted(place: { readonly channelId: string; readonly since: Date }, key: string): Promise<PostedMessage | null>;
  update(posted: PostedMessage, userId: string, message: SailPointMessage): Promise<void>;
}
