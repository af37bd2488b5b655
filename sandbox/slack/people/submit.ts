import { z } from "zod";
import { ApiRefusal } from "../api/method.ts";
import { known } from "../blocks/check-blocks.ts";
import type { Delivery, SlackControl } from "../control.ts";
import { changed, type OpenView, viewPayload } from "../workspace.ts";
import { clientErrors, enter } from "./person-state.ts";
import { envelope, type Stage } from "./stage.ts";
import { changeModal, closeModals, requireModal, showModal } from "./view-stack.ts";

/** What the ack of a submission may ask of Slack. Nothing at all closes the modal. */
const SubmissionAnswer = z.union([
  z.literal(""),
  z.null(),
  z.strictObject({}),
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal("update"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("push"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("clear") }),
]);
type SubmissionAnswer = z.infer<typeof SubmissionAnswer>;

/** A person submits the topmost modal. What Slack's client itself would stop (a required field left empty) is not sent. */
export async function submit(stage: Stage, { userId, values }: Parameters<SlackControl["submit"]>[0]): ReturnType<SlackControl["submit"]> {
  const open = requireModal(stage.workspace, userId);
  enter(stage, userId, open, values);
  changed(stage.workspace);
  const stopped = clientErrors(open);
  if (stopped) return { status: "refused", httpStatus: null, milliseconds: 0, body: null, errors: stopped };
  const delivery = await stage.deliver({
    type: "interactive",
    payload: {
      type: "view_submission",
      ...envelope(stage, userId),
      trigger_id: stage.triggers.issue(userId),
      view: viewPayload(open),
      response_urls: [],
    },
  });
  return delivery.status === "acked" ? carryOut(stage, userId, open, delivery) : { ...delivery, errors: null };
}

function carryOut(stage: Stage, userId: string, open: OpenView, delivery: Delivery): Delivery & { errors: Record<string, string> | null } {
  try {
    const answer = SubmissionAnswer.safeParse(delivery.body);
    if (!answer.success) throw new ApiRefusal("invalid_response_action", [JSON.stringify(delivery.body)]);
    return { ...delivery, errors: obey(stage, userId, open, answer.data) };
  } catch (cause) {
    if (!(cause instanceof ApiRefusal)) throw cause;
    stage.workspace.refusals.push({ method: "ack of view_submission", error: cause.code, detail: cause.messages.join("; ") });
    changed(stage.workspace);
    return { ...delivery, status: "refused", errors: null };
  }
}

function obey({ workspace }: Stage, userId: string, open: OpenView, answer: SubmissionAnswer): Record<string, string> | null {
  if (answer === "" || answer === null || !("response_action" in answer)) {
    closeOne(workspace, userId, open);
    return null;
  }
  switch (answer.response_action) {
    case "errors": {
      const inputs = known(open.view).flatMap((block) => (block.type === "input" ? [block.block_id] : []));
      const strangers = Object.keys(answer.errors).filter((blockId) => !inputs.includes(blockId));
      if (strangers.length > 0) throw new ApiRefusal("invalid_errors", [`no input block: ${strangers.join(", ")}`]);
      return answer.errors;
    }
    case "update":
      changeModal(workspace, open, answer.view);
      return null;
    case "push":
      showModal(workspace, userId, answer.view, "push");
      return null;
    case "clear":
      closeModals(workspace, userId, "all");
      return null;
  }
}

function closeOne(workspace: Stage["workspace"], userId: string, open: OpenView): void {
  const left = (workspace.views.get(userId) ?? []).filter((each) => each !== open);
  if (left.length === 0) workspace.views.delete(userId);
  else workspace.views.set(userId, left);
  changed(workspace);
}

/** A person closes the topmost modal; the app hears of it only with `notify_on_close`. */
export async function close(stage: Stage, { userId }: { userId: string }): Promise<Delivery> {
  const open = requireModal(stage.workspace, userId);
  const everything = open.view.type === "modal" && open.view.clear_on_close === true;
  closeModals(stage.workspace, userId, everything ? "all" : "top");
  if (open.view.type !== "modal" || !open.view.notify_on_close) return { status: "acked", httpStatus: null, milliseconds: 0, body: null };
  return stage.deliver({
    type: "interactive",
    payload: { type: "view_closed", ...envelope(stage, userId), view: viewPayload(open), is_cleared: everything },
  });
}
