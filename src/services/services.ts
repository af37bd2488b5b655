import type { ChangeAccess } from "./access/change-access.ts";
import type { AccessRights, PersonItem, PersonOutcome, RequestOverview, RequestRow } from "./access/overview.ts";
import type { FindingsService } from "./access/reconcile/findings-service.ts";
import type { AccessRequest } from "./access/request.ts";
import type { Approval, Holder } from "./approvals/approval.ts";
import type { BulkPreview, BulkSelection, SubmitBulk, Withdrawable } from "./approvals/bulk.ts";
import type { Explanation } from "./approvals/explanation.ts";
import type { MovableSeats } from "./approvals/movable-seats.ts";
import type { QueuePage, QueuePlace } from "./approvals/queue.ts";
import type { Remark } from "./approvals/record-remark.ts";
import type { Catalog, CatalogConsole } from "./catalog/catalog.ts";
import type { ConsolesService } from "./consoles/consoles.ts";
import type { CoverageService } from "./coverage/coverage-service.ts";
import type { CredentialsService } from "./credentials/credentials-service.ts";
import type { People, SlackActor } from "./directory/person.ts";
import type { EmergencyServices } from "./emergency/emergency.ts";
import type { Audience } from "./notify/notify-port.ts";
import type { RulesService } from "./rules/rules-service.ts";
import type { SailPointInbox } from "./sailpoint-inbox/inbox.ts";
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
  /** The request whose access this one goes on with. `submissionKey` then names the renewal alone. */
  readonly renewsId?: string;
}

export interface DecisionCommand {
  readonly approvalId: string;
  /** As the clicked card carried it. */
  readonly version: number;
  readonly by: SlackActor;
}

/** What an approver leaves of a request, or would add to it. */
export interface ApproveWithChanges extends DecisionCommand {
  readonly consoleIds: readonly string[];
  /** Null where the end stays as it is. */
  readonly end: RequestedTime["end"] | null;
  readonly comment: string | null;
}

/** The answer of the requester, or the beneficiary, to an approver who would approve more. */
export interface ProposalAnswer {
  readonly approvalId: string;
  readonly proposalId: string;
  readonly by: SlackActor;
  readonly answer: "ACCEPT" | "DECLINE";
}

/** A message that a person wrote, or changed, where the bot reads along. */
export interface HeardMessage {
  readonly eventId: string;
  readonly kind: "written" | "edited";
  readonly by: SlackActor;
  readonly channelId: string;
  readonly isDirect: boolean;
  /** The first message of the thread; null outside threads. */
  readonly threadTs: string | null;
  readonly ts: string;
  /** In Slack's mrkdwn, as it came. */
  readonly text: string;
  readonly hasFiles: boolean;
}

export interface HomeLists {
  readonly myAccess: readonly RequestRow[];
  readonly myRequests: readonly RequestRow[];
}

/** How old what can be asked for is. */
export interface CatalogAge {
  readonly readAt: Date;
  /** Older than a few readings would make it: ZPA does not answer, or answers nothing. */
  readonly isOld: boolean;
}

/** What the person who nudged is told. */
export interface Nudged {
  /** When quiet hours end that keep the message back; null when the approvers hear it now. */
  readonly heardAt: Date | null;
  readonly nextAt: Date;
}

/** The use-cases that commands, actions and views' callers may reach. Wired in `wiring/wire-services.ts`. */
export interface Services {
  readonly people: People;
  readonly catalog: Catalog;
  /** Null before the catalog was read for the first time. */
  catalogAge(): CatalogAge | null;
  /** Rules by scope, for administrators. */
  readonly rules: RulesService;
  /** Whether privileged approvals count at all, by ZPA's access rules. */
  readonly coverage: CoverageService;
  /** What differs between ZPA and what is intended, for administrators. */
  readonly findings: FindingsService;
  /** Consoles: for everybody to find, for administrators to make and to switch. */
  readonly consoles: ConsolesService;
  readonly access: {
    /** Checks everything (people, consoles, window, policy) and opens the approval. One transaction. @throws PortcullisError with `field` where it belongs */
    submit(command: SubmitRequest): Promise<readonly AccessRequest[]>;
    /** How consoles would be divided by the rules that stand now: a request for each part. @throws PortcullisError as {@link submit} */
    divide(consoles: readonly CatalogConsole[]): Promise<readonly { readonly consoles: readonly CatalogConsole[] }[]>;
    /** Runs a failed request's grants again. Admins only. */
    retry(command: { readonly requestId: string; readonly by: SlackActor }): Promise<void>;
    /** The requester takes a pending request back. */
    withdraw(command: { readonly requestId: string; readonly by: SlackActor }): Promise<void>;
    /** The holder is done: their access ends now. */
    finish(command: { readonly requestId: string; readonly by: SlackActor }): Promise<AccessRequest>;
    /** An approver or administrator takes access away. @throws PortcullisError with `field` where a form can show it */
    revoke(command: { readonly requestId: string; readonly by: SlackActor; readonly reason: string }): Promise<AccessRequest>;
    /** Changes end, hours or zone of access that stands. @throws PortcullisError with `field` where a form can show it */
    change(command: ChangeAccess): Promise<AccessRequest>;
    /** The holder asks for the same once more, from where it ends: once for each end. @returns also what was made before */
    renew(command: { readonly requestId: string; readonly by: SlackActor }): Promise<readonly AccessRequest[]>;
    /** Access that somebody would change or end, and what they are to it. @throws PortcullisError `not_allowed` | `access_not_open` | `request_unknown` */
    lookAt(command: {
      readonly requestId: string;
      readonly by: SlackActor;
    }): Promise<{ readonly request: AccessRequest; readonly rights: AccessRights }>;
    /** The id behind a label such as `PRA-1042`. @throws PortcullisError `request_missing` | `request_unknown` */
    find(label: string): Promise<string>;
    /** What {@link revokePerson} would end and withdraw. Admins only. */
    previewRevokePerson(command: { readonly userId: string; readonly by: SlackActor }): Promise<readonly PersonItem[]>;
    /** Takes every access from a person and withdraws what waits by or for them. Admins only. */
    revokePerson(command: { readonly userId: string; readonly reason: string; readonly by: SlackActor }): Promise<readonly PersonOutcome[]>;
    /** Has those reminded whose turn it is to decide. Requester and beneficiary only, every few hours. */
    nudge(command: { readonly requestId: string; readonly by: SlackActor }): Promise<Nudged>;
    overview(requestId: string): Promise<RequestOverview>;
    home(userId: string, options: { readonly limit: number }): Promise<HomeLists>;
  };
  /** Privileged credentials, and the one-time links by which secrets reach ZPA. */
  readonly credentials: CredentialsService;
  /** Access past the approvers: from whoever is on call, or by breaking the glass. */
  readonly emergency: EmergencyServices;
  /** Approvals of SailPoint's; null while no tenant is set up. */
  readonly sailpoint: SailPointInbox | null;
  readonly approvals: {
    /** Writes the click durably and returns: what to await before the ack. The decision follows as a job. */
    recordApproveClick(
      command: DecisionCommand & {
        readonly place: { readonly channelId: string | null; readonly messageTs: string | null };
        /** Whose card it was; null for a message that cannot be kept current. */
        readonly audience: Audience | null;
      },
    ): Promise<void>;
    /** For a form, which can show an error; a button's click is recorded first. */
    approve(command: DecisionCommand & { readonly comment: string }): Promise<Approval>;
    reject(command: DecisionCommand & { readonly comment: string }): Promise<Approval>;
    /** Why an approval stands as it stands, for those concerned. @throws PortcullisError `request_unknown` | `not_allowed` */
    explain(command: { readonly label: string; readonly by: SlackActor }): Promise<Explanation>;
    /** `from` null: one's own seat, or, for an administrator without any, a seat more. */
    reassign(command: DecisionCommand & { readonly from: Holder | null; readonly to: Holder; readonly comment: string }): Promise<Approval>;
    /** Whether the person may open the reassign form now, and whose seats they may choose from. @throws as the decision itself would */
    mayReassign(command: DecisionCommand): Promise<MovableSeats>;
    approveWithChanges(command: ApproveWithChanges): Promise<"approved" | "proposed">;
    answerProposal(command: ProposalAnswer): Promise<void>;
    /** Whether the person takes part, and the approval waits still. @throws PortcullisError as a comment itself would */
    mayRemark(command: Pick<Remark, "approvalId" | "by">): Promise<Approval>;
    /** Records a comment, a question, attributes, and has what was said passed on to the threads of the cards. */
    remark(command: Remark): Promise<void>;
    /** Writes a message down durably if it may concern an approval: what to await before the ack. */
    hear(message: HeardMessage): Promise<void>;
    /** Looks before long for seats whose holders have left Slack. */
    sweepSoon(): Promise<void>;
    /** Whether the person may open the reject or reassign form now. @throws PortcullisError as the decision itself would */
    mayDecide(command: DecisionCommand): Promise<Approval>;
    /** One page of what waits for a person, the most urgent first. */
    queue(query: { readonly by: SlackActor; readonly place: QueuePlace; readonly limit: number }): Promise<QueuePage>;
    /** Decisions on many approvals at once. */
    readonly bulk: {
      /** What a form shows before it is sent. @throws PortcullisError `selection_empty` | `selection_too_large` */
      preview(selection: BulkSelection): Promise<BulkPreview>;
      /** Writes the command durably and returns: what to await before the ack. The decisions follow as a job. @throws PortcullisError with `field` */
      submit(command: SubmitBulk): Promise<void>;
      /** Requests of the person's own that can still be taken back, the newest first. */
      withdrawable(by: SlackActor): Promise<Withdrawable>;
    };
  };
}
