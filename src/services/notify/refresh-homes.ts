import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { RequestOverview } from "../access/overview.ts";
import { readersOfEverybodys } from "../approvals/queue-views.ts";
import { audienceOf, deciders, formerHolders } from "./audiences.ts";
import { cardsOf, claimNotice, noticesSaid } from "./card-rows.ts";
import type { Run } from "./run.ts";

/**
 * Has the lists of those concerned drawn anew, when this run changed anything in Slack or an earlier one died, or failed, before it
 * came to them. That is noted only once everybody was: whoever cannot be known while a group cannot be read has theirs drawn later.
 */
export const refreshHomes = async (run: Run, hasChanged: "changed" | "unchanged"): Promise<void> => {
  const { db, jobs, clock, failures, overview } = run;
  const before = failures.length;
  const people = await concerned(run);
  const isEverybody = run.asked !== null && failures.length === before;
  const key = homesKey(overview);
  if (hasChanged === "unchanged" && (!isEverybody || (await noticesSaid(db, [key])).has(key))) return;
  await Promise.all(people.map((userId) => jobs.enqueueNow("publish-home", { userId }, { singletonKey: userId })));
  if (!isEverybody) return;
  await claimNotice(db, key, clock.now());
  await forgetEarlier(db, overview, key);
};

/** Those who asked, who is or was asked, who has a card to decide on, who looks at everything. */
const concerned = async ({ db, groupMembers, overview }: Run): Promise<readonly string[]> => {
  const { requester, beneficiary, id } = overview.request;
  const carded = (await cardsOf(db, id)).flatMap(({ audience: name }) => {
    const audience = audienceOf(name);
    return audience?.kind === "approver" ? [audience.userId] : [];
  });
  const approvers = [...(await deciders(overview, groupMembers)), ...(await formerHolders(overview, groupMembers)), ...carded];
  return [...new Set([requester.userId, beneficiary.userId, ...approvers, ...(await readersOfEverybodys(db))])];
};

const prefixOf = ({ request }: Pick<RequestOverview, "request">): string => `homes:${request.id}:`;

/** The state that the lists were drawn for, as far as they show it. */
const homesKey = (overview: RequestOverview): string => {
  const { request, approval, grants } = overview;
  const state = {
    request: [request.status, request.failure?.reference],
    approval: [approval.version, approval.modifiedAt],
    grants: grants.map(({ id, status, zpaId }) => [id, status, zpaId]),
  };
  return `${prefixOf(overview)}${createHash("sha256").update(JSON.stringify(state)).digest("hex")}`;
};

/** A state may come again, as when an administrator tries again, and must not pass for shown. */
const forgetEarlier = async (db: Kysely<Database>, overview: RequestOverview, key: string): Promise<void> => {
  await db
    .deleteFrom("notice")
    .where("key", "like", `${prefixOf(overview)}%`)
    .where("key", "!=", key)
    .execute();
};
