/** Who acted, as Slack's signed payload says it. Nothing a client can type. */
export interface SlackActor {
  readonly teamId: string;
  readonly userId: string;
}

/** A person whom Portcullis trusts: active, human, of our team, with a confirmed email of an allowed domain. */
export interface Person {
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  /** Confirmed in Slack, lower case. */
  readonly email: string;
  /** What ZPA knows the person as: the email, unless the mapping setting says otherwise. */
  readonly zpaUser: string;
  /** IANA zone of the person's Slack profile. */
  readonly timeZone: string;
  /** Slack locale, e.g. `de-DE`. */
  readonly locale: string;
}

/** One Slack user as the Web API shows it, before any judgement. */
export interface SlackUser {
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  readonly timeZone: string | null;
  readonly locale: string | null;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isDeactivated: boolean;
  /** Belongs to another organisation and is here by Slack Connect. */
  readonly isStranger: boolean;
}

/** What `slack/` fills in: the workspace's people and user groups. */
export interface SlackDirectory {
  /** The team that the bot's token belongs to. */
  teamId(): Promise<string>;
  user(userId: string): Promise<SlackUser | null>;
  /** Ids of the users that carry this email, to refuse a shared one. */
  userIdsByEmail(email: string): Promise<readonly string[]>;
  /** Members of a user group, empty when the group is disabled. */
  groupMembers(groupId: string): Promise<readonly string[]>;
}

/** The directory's use-cases. */
export interface People {
  /**
   * The trusted person behind a Slack user. Called for requesters, beneficiaries and deciders alike, at the moment that they act.
   * @throws PortcullisError `team_not_trusted`, `person_*`, `email_*`
   */
  trusted(actor: SlackActor): Promise<Person>;
  /** The subset of `groupIds` of which the user is a member, asked now. */
  groupsOf(userId: string, groupIds: readonly string[]): Promise<readonly string[]>;
  /** Members of a user group, asked now; none of one that is switched off or gone. */
  membersOf(groupId: string): Promise<readonly string[]>;
  /** Whether the user is one of `ADMINS`, or in one of its groups now. */
  isAdmin(userId: string): Promise<boolean>;
}
