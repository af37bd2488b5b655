/** What a person reads for a Slack user or user group; the id itself where Slack knows no name. */
export type NameOf = (id: string) => Promise<string>;
