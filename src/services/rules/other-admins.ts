import type { RulesPorts } from "./rules-ports.ts";

/** Every administrator, groups by their members now. */
export async function everyAdmin({ admins, people }: Pick<RulesPorts, "admins" | "people">): Promise<readonly string[]> {
  const ids = await Promise.all(
    admins.map(async (holder) => (holder.kind === "person" ? [holder.userId] : people.membersOf(holder.groupId))),
  );
  return [...new Set(ids.flat())];
}

/** Who could confirm what this one proposes. */
export const otherAdmins = async (ports: Pick<RulesPorts, "admins" | "people">, actor: string): Promise<readonly string[]> =>
  (await everyAdmin(ports)).filter((userId) => userId !== actor);
