import { z } from "zod";

/** What the buttons of an approval of SailPoint's carry: which, as it stood there. Never who. */
export const SailPointValue = z.object({ sailpointId: z.string().min(1), version: z.number().int().nonnegative() });
export type SailPointValue = z.infer<typeof SailPointValue>;

/** `private_metadata` of the form about one approval of SailPoint's, or several. */
export const SailPointFormMemory = z.object({
  kind: z.enum(["approve", "reject", "reassign", "comment", "attributes"]),
  items: z.array(SailPointValue).min(1),
  place: z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() }),
});
export type SailPointFormMemory = z.infer<typeof SailPointFormMemory>;

/** What turns the pages of the list of SailPoint's approvals: how many come before. */
export const SailPointMove = z.object({ offset: z.number().int().nonnegative() });
export type SailPointMove = z.infer<typeof SailPointMove>;

/** The value of a row's checkbox; Slack takes 75 characters. */
export const sailpointTick = ({ sailpointId, version }: SailPointValue): string => `${sailpointId} ${version}`;
export const SailPointTick = z
  .string()
  .regex(/^\S+ \d+$/u)
  .transform((text): SailPointValue => {
    const [sailpointId = "", version] = text.split(" ");
    return { sailpointId, version: Number(version) };
  });
