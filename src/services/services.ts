import type { RequestOverview, RequestRow } from "./access/overview.ts";
import type { AccessRequest } from "./access/request.ts";
import type { Approval, Holder } from "./approvals/approval.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { People, SlackActor } from "./directory/person.ts";
import type { Audience } from "./notify/notify-port.ts";
import type { RulesService } from "./rules/rules-service.ts";
import type { RequestedTime } from "./schedule/working-hours.ts";

/** What a person submits. Beneficiary is the requester unless named. */
export interface SubmitRequest {
  readonly by: SlackActor;
  readonly beneficiaryUserId: string | null;
  readonly consoleIds: readonly string[];
  readonly time: RequestedTime;
  readonly reason: string;
  /** The view's id: the same submission delivered twice makes one request. */
  readonly submissionKey: string;
}

export interface DecisionCommand {
  readonly approvalId: string;
  /** As the clicked card carried it. */
  readonly version: number;
  readonly by: SlackActor;
}

export interface HomeLists {
  readonly waitingForMe: readonly RequestRow[];
  readonly myAccess: readonly RequestRow[];
  readonly myRequests: readonly RequestRow[];
}

/** The use-cases that commands, actions and views' callers may reach. Wired in `app.ts`. */
export interface Services {
  readonly people: People;
  readonly catalog: Catalog;
  /** Rules by scope, for administrators. */
  readonly rules: RulesService;
  readonly access: {
    /** Checks everything (people, consoles, window, policy) and opens the approval. One transaction. @throws PortcullisError with `field` where it belongs */
    submit(command: SubmitRequest): Promise<AccessRequest>;
    /** Runs a failed request's grants again. Admins only. */
    retry(command: { readonly requestId: string; readonly by: SlackActor }): Promise<void>;
    /** The requester takes a pending request back. */
    withdraw(command: { readonly requestId: string; readonly by: SlackActor }): Promise<void>;
    overview(requestId: string): Promise<RequestOverview>;
    home(userId: string, options: { readonly limit: number }): Promise<HomeLists>;
  };
  readonly approvals: {
    /** Writes the click durably and returns: what to await before the ack. The decision follows as a job. */
    recordApproveClick(
      command: DecisionCommand & {
        readonly place: { readonly channelId: string | null; readonly messageTs: string | null };
        /** Whose card it was; null for a message that cannot be kept current. */
        readonly audience: Audience | null;
      },
    ): Promise<void>;
    reject(command: DecisionCommand & { readonly comment: string }): Promise<Approval>;
    reassign(command: DecisionCommand & { readonly to: Holder; readonly comment: string }): Promise<Approval>;
    /** Whether the person may open the reject or reassign form now. @throws PortcullisError as the decision itself would */
    mayDecide(command: DecisionCommand): Promise<Approval>;
  };
}
