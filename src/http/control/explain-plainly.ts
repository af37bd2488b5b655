import type { explainApproval } from "../../services/approvals/explain-approval.ts";
import type { Explanation } from "../../services/approvals/explanation.ts";
import type { NameOf } from "../../services/directory/names.ts";
import { textsFor } from "../../texts/texts.ts";
import { explanationLines, idsIn } from "../../views/explanation.ts";

/** An explanation for programs, and the same in lines of plain text, instants in UTC. */
export interface PlainExplanation {
  readonly explanation: Explanation;
  readonly lines: readonly string[];
}

/** Explains a request to whoever operates Portcullis. @throws PortcullisError `request_unknown` */
export const explainPlainly =
  ({ explain, nameOf }: { readonly explain: ReturnType<typeof explainApproval>; readonly nameOf: NameOf }) =>
  async (command: { readonly label: string }): Promise<PlainExplanation> => {
    const texts = textsFor("en");
    const explanation = await explain(command);
    const names = new Map(await Promise.all(idsIn(explanation, texts).map(async (id) => [id, await nameOf(id)] as const)));
    return { explanation, lines: explanationLines(explanation, names, texts) };
  };
