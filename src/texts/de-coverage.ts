import type { CoverageReason } from "../services/coverage/coverage.ts";
import type { Texts } from "./texts.ts";

const does = (action: string): string => (action === "DENY" ? "weist sie ab" : "lässt sie ohne Genehmigung ein");

function reason(why: CoverageReason): string {
  switch (why.code) {
    case "covered_by":
      return `Die Zugriffsregel „${why.rule}“ verlangt von allen eine privilegierte Genehmigung.`;
    case "no_rule":
      return "Keine Zugriffsregel verlangt hier eine privilegierte Genehmigung; eine Genehmigung bliebe ohne Wirkung.";
    case "shadowed_by":
      return `Die Zugriffsregel „${why.rule}“ steht vor „${why.covering}“ und trifft alle zuerst: Sie ${does(why.action)}. Eine Genehmigung bliebe ohne Wirkung.`;
    case "earlier_rule_for_some":
      return `Die Zugriffsregel „${why.rule}“ steht davor und trifft vielleicht manche: Sie ${does(why.action)}. Wen sie trifft, lässt sich von hier aus nicht sagen.`;
    case "approval_for_some":
      return `Die Zugriffsregel „${why.rule}“ verlangt eine privilegierte Genehmigung unter Bedingungen, die sich von hier aus nicht prüfen lassen. Wer sie nicht erfüllt, für den bliebe eine Genehmigung ohne Wirkung.`;
    case "segment_group_unknown":
      return `Die Zugriffsregel „${why.rule}“ gilt für Segmentgruppen, und Zscaler hat nicht gesagt, in welcher dieses Segment ist.`;
    case "action_unknown":
      return `Die Zugriffsregel „${why.rule}“ tut etwas, das Portcullis nicht kennt (${why.action || "sie nennt keine Aktion"}).`;
    case "microtenants_differ":
      return "Mehrere Microtenants führen dieses Segment, und ihre Zugriffsregeln sagen Verschiedenes darüber. Nach welchen sich eine Sitzung richtet, lässt sich von hier aus nicht sagen.";
    case "rules_not_read":
      return `Die Zugriffsregeln ließen sich nicht aus Zscaler lesen (${why.error}).`;
    case "not_checked":
      return "Die Zugriffsregeln wurden noch nicht angesehen.";
  }
}

export const deCoverage: Texts["coverage"] = {
  status: { covered: "abgedeckt", uncovered: "nicht abgedeckt", shadowed: "verdeckt", unknown: "ungewiss" },
  reason,
};
