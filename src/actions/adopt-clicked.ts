import { fromUnknown } from "../errors.ts";
import type { ClickedCard } from "../services/notify/adopt-card.ts";
import type { Audience } from "../services/notify/notify-port.ts";
import type { Click } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";

/** Whose card was clicked; null for a message that cannot be brought up to date. */
export const clickedAudience = (
  approvalsChannel: string | null,
  { by, place: { channelId, messageTs }, isEphemeral }: Click<unknown>,
  reader: "approver" | "requester",
): Audience | null => {
  if (channelId === null || messageTs === null || isEphemeral) return null;
  return channelId === approvalsChannel ? { kind: "channel", channelId } : { kind: reader, userId: by.userId };
};

/**
 * A card may be out of date, or stand in Slack without being known: the click has it brought up to date. What the person wanted is
 * done all the same, so a failure here is for the log alone.
 */
export const adoptClicked = async (
  { notify, approvalsChannel, log }: Pick<ListenerDeps, "notify" | "approvalsChannel" | "log">,
  click: Click<unknown>,
  card: { readonly request: ClickedCard["request"]; readonly reader: "approver" | "requester" },
): Promise<void> => {
  const audience = clickedAudience(approvalsChannel, click, card.reader);
  const { channelId, messageTs } = click.place;
  if (audience === null || channelId === null || messageTs === null) return;
  try {
    await notify.adoptCard({ request: card.request, audience, channelId, ts: messageTs });
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), channelId, messageTs }, "card.not-adopted");
  }
};
