import { BANNED_SYNTAX } from "../determinism.ts";

/** What this plugin reads of the linter's syntax tree. The linter publishes no types for plugins. */
interface SyntaxNode {
  readonly operator?: string;
  readonly left?: { readonly value?: unknown };
}

interface RuleContext {
  report(problem: { node: SyntaxNode; message: string }): void;
}

/** The part of the determinism ban list for which the linter has no rule of its own. */
const bannedSyntax = {
  create(context: RuleContext) {
    return {
      BinaryExpression(node: SyntaxNode): void {
        // A power of a bigint is exact.
        const exact = typeof node.left?.value === "bigint";
        if (node.operator === "**" && !exact) context.report({ node, message: BANNED_SYNTAX.exponent });
      },
      AssignmentExpression(node: SyntaxNode): void {
        if (node.operator === "**=") context.report({ node, message: BANNED_SYNTAX.exponent });
      },
      ForInStatement(node: SyntaxNode): void {
        context.report({ node, message: BANNED_SYNTAX.forIn });
      },
      ImportExpression(node: SyntaxNode): void {
        context.report({ node, message: BANNED_SYNTAX.dynamicImport });
      },
    };
  },
};

export default { meta: { name: "determinism" }, rules: { "banned-syntax": bannedSyntax } };
