import { isDeepStrictEqual } from "node:util";
import { type DiffLine, diffText, lineDiff } from "../../services/rules/line-diff.ts";
import { yamlOf } from "../../services/rules/rules-yaml.ts";
import { fromRules, fromSailPoint, laidOver, takenOver } from "../../services/sailpoint/carry-config.ts";
import type { SailPointConfig } from "../../services/sailpoint/sailpoint-client.ts";

interface Compared {
  readonly equal: boolean;
  /** From SailPoint's to ours. */
  readonly diff: readonly DiffLine[];
  /** What cannot be carried over, by name. */
  readonly left: { readonly ours: readonly string[]; readonly theirs: readonly string[] };
}

interface Sides {
  readonly ours: Readonly<Record<string, unknown>>;
  readonly theirs: SailPointConfig | null;
}

/** In what a scope of ours and a configuration of SailPoint's differ, as far as both can say it. */
export function compared({ ours, theirs }: Sides): Compared {
  const our = fromRules(ours);
  const their = theirs === null ? { config: {}, left: [] } : fromSailPoint(theirs);
  return {
    equal: isDeepStrictEqual(our.config, their.config),
    diff: lineDiff(theirs === null ? "" : yamlOf(their.config), yamlOf(our.config)),
    left: { ours: our.left, theirs: their.left },
  };
}

/** As it is printed: minus is SailPoint's, plus is ours. */
export const comparison = ({ equal, diff, left }: Compared): string =>
  [
    equal ? "Both say the same, as far as it can be carried over.\n" : `- SailPoint, + Portcullis\n${diffText(diff)}\n`,
    leftText("SailPoint", left.theirs),
    leftText("Portcullis", left.ours),
  ].join("");

export const leftText = (side: string, names: readonly string[]): string =>
  names.length === 0 ? "" : `Only in ${side}, and not carried over: ${names.join(", ")}\n`;

/** Our rules as they would be after a pull. */
export const pulledYaml = ({ ours, theirs }: Sides): string => yamlOf(takenOver(ours, fromSailPoint(theirs ?? {}).config));

/** SailPoint's configuration as it would be after a push. */
export const pushedConfig = ({ ours, theirs }: Sides): SailPointConfig => laidOver(theirs ?? {}, fromRules(ours).config);
