import type { Texts } from "../texts/texts.ts";
import { header, type Message } from "./blocks.ts";
import { bullets, code, line, richText, words } from "./rich-text.ts";

/** The answer to `/pra help`. */
export const helpMessage = ({ help }: Texts): Message => ({
  text: `${help.title}. ${help.intro}`,
  blocks: [
    header(help.title),
    richText(
      line(words(help.intro)),
      bullets([
        [code("/pra"), words(` ${help.form}`)],
        [code(help.requestExample), words(` ${help.request}`)],
        [code("/pra mine"), words(` ${help.mine}`)],
        [code("/pra explain PRA-1042"), words(` ${help.explain}`)],
        [code("/pra approvals"), words(` ${help.approvals}`)],
        [code(help.grantExample), words(` ${help.grant}`)],
        [code("/pra break-glass"), words(` ${help.breakGlass}`)],
        [code("/pra config"), words(` ${help.config}`)],
        [code("/pra help"), words(` ${help.help}`)],
      ]),
      line(words(help.home)),
    ),
  ],
});
