import { fromUnknown } from "../errors.ts";
import type { ClickedCard } from "../services/notify/adopt-card.ts";
import type { Click } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";

/**
 * A card may be out of date, or stand in Slack without being known: the click has it brought up to date. What the person wanted is
 * done all the same, so a failure here is for the log alone.
 */
export const adoptClicked = async (
  { notify, approvalsChannel, log }: Pick<ListenerDeps, "notify" | "approvalsChannel" | "log">,
  { by, place: { channelId, messageTs }, isEphemeral }: Click<unknown>,
  card: { readonly request: ClickedCard["request"]; readonly reader: "approver" | "requester" },
): Promise<void> => {
  if (channelId === null || messageTs === null || isEphemeral) return;
  const audience: ClickedCard["audience"] =
    channelId === approvalsChannel ? { kind: "channel", channelId } : { kind: card.reader, userId: by.userId };
  try {
    await notify.adoptCard({ request: card.request, audience, channelId, ts: messageTs });
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), channelId, messageTs }, "card.not-adopted");
  }
};
