"""Finds the places of Python programs that may be changed, by the language's own parser; executes none of them.

Standard input holds one JSON object a line, {"code": ...}; standard output one answer a line, in the same order:
{"sites": [[kind, [[[start, end, text], ...], ...]], ...], "maskable": [line, ...], "functions": [[name, [[parameter, type,
optional], ...]], ...], "calls": [...], "literals": [...], "reads_input": bool, "acts": bool}, or {"error": ...} for what is no Python.
Places are bytes of the program in UTF-8, lines are counted from 0, an alternative of a site is made as a whole.
"""
import ast
import bisect
import builtins
import io
import json
import keyword
import sys
import tokenize

BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
          ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>"}
UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Not: "not ", ast.Invert: "~"}
COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
           ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not"}
ORDER = ["==", "!=", "<", "<=", ">", ">="]
NAMES = ["alpha", "value1", "item_a", "tmp0", "entry", "data1", "node_x", "gamma"]
IDLE = ["unused_v", "spare", "padding0"]
REFLECTION = {"eval", "exec", "globals", "locals", "vars", "dir", "compile", "getattr", "setattr"}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr, ast.Raise, ast.Assert, ast.Delete, ast.Break,
          ast.Continue)
HEADS = (ast.If, ast.For, ast.While, ast.With, ast.FunctionDef)


class Program:
    def __init__(self, code):
        self.code = code
        self.bytes = code.encode()
        self.lines = self.bytes.split(b"\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.tree = ast.parse(code)
        self.tokens = []
        text_lines = code.split("\n")
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            (row, column), (end_row, end_column) = token.start, token.end
            self.tokens.append((token.type, token.string, self.at_text(text_lines, row, column),
                                self.at_text(text_lines, end_row, end_column), row - 1))
        self.places = [token[2] for token in self.tokens]
        self.sites = []
        self.parents = {}
        self.in_fstring = set()
        self.all = list(ast.walk(self.tree))
        for node in self.all:
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
            if isinstance(node, ast.JoinedStr):
                self.in_fstring.update(ast.walk(node))
        self.trusted = [node for node in self.all if node not in self.in_fstring]

    def at_text(self, text_lines, row, column):
        """The place of a column that is counted in characters."""
        if row > len(text_lines):
            return len(self.bytes)
        return self.starts[row - 1] + len(text_lines[row - 1][:column].encode())

    def start(self, node):
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node):
        return self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node):
        return self.bytes[self.start(node):self.end(node)].decode()

    def add(self, kind, *alternatives):
        if alternatives:
            self.sites.append([kind, [list(alternative) for alternative in alternatives]])

    def signs(self, low, high, wanted):
        """Tokens of an operator between two operands, brackets left aside."""
        found = []
        for token in self.tokens[bisect.bisect_left(self.places, low):]:
            if token[2] >= high:
                break
            if token[3] <= high and token[1] in wanted:
                found.append(token)
        return found

    def nodes(self):
        """Nodes whose places can be trusted: those of formatted strings cannot."""
        return self.trusted

    def is_main_guard(self, node):
        return any(isinstance(inner, ast.Name) and inner.id == "__name__" for inner in ast.walk(node))

    def in_index(self, node):
        while node in self.parents:
            parent = self.parents[node]
            if isinstance(parent, ast.Subscript) and parent.slice is node:
                return True
            node = parent
        return False


def changing(p):
    for node in p.nodes():
        if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
            sign = BINARY[type(node.op)]
            found = p.signs(p.end(node.left), p.start(node.right), {sign})
            if len(found) == 1:
                place = found[0]
                p.add("binary_operator", *[[[place[2], place[3], o]] for o in BINARY.values() if o != sign])
        elif isinstance(node, ast.BoolOp):
            word = "and" if isinstance(node.op, ast.And) else "or"
            for left, right in zip(node.values, node.values[1:]):
                for place in p.signs(p.end(left), p.start(right), {word}):
                    p.add("boolean_operator", [[place[2], place[3], "or" if word == "and" else "and"]])
        elif isinstance(node, ast.UnaryOp):
            # With brackets around both, because `not` binds more loosely than what may stand beside it.
            sign = UNARY[type(node.op)]
            p.add("unary_operator", *[[[p.start(node), p.end(node), "(%s(%s))" % (o, p.text(node.operand))]]
                                      for o in UNARY.values() if o != sign])
        elif isinstance(node, ast.AugAssign) and type(node.op) in BINARY:
            sign = BINARY[type(node.op)] + "="
            found = p.signs(p.end(node.target), p.start(node.value), {sign})
            if len(found) == 1:
                place = found[0]
                p.add("augmented_assignment", *[[[place[2], place[3], o + "="]] for o in BINARY.values() if o + "=" != sign])
        elif isinstance(node, ast.Compare) and not p.is_main_guard(node):
            operands = [node.left] + node.comparators
            for left, op, right in zip(operands, node.ops, operands[1:]):
                sign = COMPARE[type(op)]
                found = p.signs(p.end(left), p.start(right), set(sign.split()))
                if len(found) != len(sign.split()):
                    continue
                others = ORDER if len(node.ops) > 1 else list(COMPARE.values())
                if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
                    others = [o for o in others if not o.startswith("is")]
                p.add("comparison", *[[[found[0][2], found[-1][3], o]] for o in others if o != sign])
        elif isinstance(node, (ast.If, ast.IfExp)) and not p.is_main_guard(node.test):
            p.add("negation", [[p.start(node.test), p.start(node.test), "not ("], [p.end(node.test), p.end(node.test), ")"]])
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and not p.in_index(node):
            low, text = p.start(node), p.text(node)
            if text.replace(".", "", 1).isdigit() and text.isascii():
                p.add("digits", *[[[low + i, low + i + 1, d]] for i, c in enumerate(text) if c != "."
                                  for d in "123456789" if d != c])


def preserving(p):
    names = {node.id for node in p.all if isinstance(node, ast.Name)}
    if not names & REFLECTION:
        renaming(p, names)
    idle = next((n for n in IDLE if n not in names), None)
    for block in p.nodes():
        if not isinstance(block, BLOCKS):
            continue
        for body in (getattr(block, "body", []), getattr(block, "orelse", []), getattr(block, "finalbody", [])):
            for index, statement in enumerate(body if isinstance(body, list) else []):
                place = own_line(p, statement, block)
                if place is None:
                    continue
                if index > 0 or not is_docstring(statement):
                    is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
                    if not is_future and not (index == 0 and isinstance(block, ast.Module)):
                        p.add("layout", [[place, place, "\n"]])
                        if idle:
                            indent = " " * statement.col_offset
                            p.add("dead_code", [[place, place, indent + idle + " = 0\n"]],
                                  [[place, place, "%sif False:\n%s    %s = 1\n" % (indent, indent, idle)]])
                if index > 0:
                    reorder(p, body[index - 1], statement, block)
    for kind, text, low, high, row in p.tokens:
        if kind == tokenize.COMMENT and not (row < 2 and ("coding" in text or text.startswith("#!"))):
            line = p.starts[row]
            if not p.bytes[line:low].strip():
                p.add("comments", [[line, min(p.starts[row + 1], len(p.bytes)), ""]])
            else:
                p.add("comments", [[line + len(p.bytes[line:low].rstrip()), high, ""]])
        elif kind == tokenize.NL and high - low == 1 and p.starts[row] == low:
            p.add("layout", [[low, high, ""]])


def is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


def own_line(p, statement, block):
    """The start of the line that a statement has to itself; None when it shares one."""
    first = min([statement.lineno] + [d.lineno for d in getattr(statement, "decorator_list", [])])
    line = p.starts[first - 1]
    if p.bytes[line:line + statement.col_offset].strip(b" "):
        return None
    # What follows an else as its only statement may be written as one word with it.
    if isinstance(statement, ast.If) and p.bytes[p.start(statement):].startswith(b"elif"):
        return None
    if not isinstance(block, ast.Module) and first == block.lineno:
        return None
    return line


def reorder(p, first, second, block):
    """Two assignments of constants to different names, or two functions, whose order nothing can tell."""
    def is_constant(node):
        return all(isinstance(n, (ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.unaryop,
                                  ast.expr_context)) for n in ast.walk(node))

    def target(statement):
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and is_constant(statement.value):
            if isinstance(statement.targets[0], ast.Name):
                return statement.targets[0].id
        if isinstance(statement, ast.FunctionDef) and not statement.decorator_list and not statement.args.defaults \
                and not [d for d in statement.args.kw_defaults if d] and not statement.returns \
                and not [a for a in statement.args.args if a.annotation]:
            return statement.name
        return None

    a, b = target(first), target(second)
    if a is None or b is None or a == b or own_line(p, first, block) is None:
        return
    if p.bytes[p.end(first):p.start(second)].strip():
        return
    p.add("reordering", [[p.start(first), p.end(first), p.text(second)], [p.start(second), p.end(second), p.text(first)]])


def renaming(p, names):
    banned = set(dir(builtins)) | set(keyword.kwlist)
    stored, places = set(), {}
    for node in p.all:
        if isinstance(node, ast.Name):
            if node in p.in_fstring:
                banned.add(node.id)
            places.setdefault(node.id, []).append([p.start(node), p.start(node) + len(node.id.encode())])
            if isinstance(node.ctx, ast.Store):
                stored.add(node.id)
        elif isinstance(node, ast.arg):
            places.setdefault(node.arg, []).append([p.start(node), p.start(node) + len(node.arg.encode())])
            stored.add(node.arg)
        elif isinstance(node, ast.keyword) and node.arg:
            banned.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            banned.add(node.name)
            if isinstance(node, ast.ClassDef):
                banned.update(n.id for s in node.body for n in ast.walk(s) if isinstance(n, ast.Name))
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            banned.update(node.names)
        elif isinstance(node, ast.alias):
            banned.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            banned.add(node.name)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            banned.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            banned.add(node.rest)
    taken = set(places) | banned
    others = [n for n in NAMES if n not in taken]
    for name in sorted(stored - banned):
        if others and not name.startswith("__") and name.isascii():
            p.add("renaming", *[[[low, high, other] for low, high in sorted(places[name])] for other in others[:4]])


def corrupting(p):
    def replace(kind, node, *texts):
        p.add(kind, *[[[p.start(node), p.end(node), text]] for text in texts])

    for kind, text, low, high, row in p.tokens:
        if kind == tokenize.OP and text in "()[]{}:":
            p.add("syntax_error", [[low, high, ""]])
        elif kind == tokenize.NAME and text in ("if", "for", "while", "def", "return", "in", "else"):
            p.add("syntax_error", [[low, high, text + text[-1]]])
    for node in p.nodes():
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and len(node.id) > 1:
            replace("name_error", node, node.id + "_", node.id[:-1] + node.id[-1] * 2)
        elif isinstance(node, ast.BinOp):
            if isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod)) and not is_text(node.left):
                replace("zero_division", node.right, "0")
            if isinstance(node.op, (ast.Add, ast.Sub)):
                for side in (node.left, node.right):
                    if isinstance(side, ast.Constant) and type(side.value) in (int, float):
                        replace("type_error", side, repr(str(side.value)), "None")
                    elif isinstance(side, ast.Name):
                        replace("type_error", side, "None")
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            index = node.slice
            if isinstance(index, ast.Constant) and type(index.value) is int:
                replace("index_error", index, str(index.value + 100), str(index.value + 1000))
            elif isinstance(index, (ast.Name, ast.BinOp)):
                replace("index_error", index, p.text(index) + " + 1000")
                replace("key_error", index, "'missing'")
            elif isinstance(index, ast.Constant) and isinstance(index.value, str):
                replace("key_error", index, repr(index.value + "_"), repr(index.value.upper() + "1"))
        elif isinstance(node, ast.Call) and node.args and not node.keywords:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("int", "float") and isinstance(node.func, ast.Name):
                replace("value_error", node.args[0], "'n/a'", "'1x'")
            elif name in ("index", "remove") and isinstance(node.func, ast.Attribute):
                replace("value_error", node.args[0], "'missing'")
            elif name in ("max", "min") and len(node.args) == 1:
                replace("value_error", node.args[0], "[]")
            elif name == "range" and len(node.args) < 3:
                end = p.end(node.args[-1])
                p.add("value_error", [[end, end, ", 1, 0" if len(node.args) == 1 else ", 0"]])
            if name in ("len", "sum", "sorted", "abs", "range", "max", "min", "join"):
                replace("type_error", node.args[0], "None")


def is_text(node):
    return isinstance(node, ast.JoinedStr) or isinstance(node, ast.Constant) and isinstance(node.value, str)


def maskable(p):
    lines = set()
    for node in p.nodes():
        head_end = None
        if isinstance(node, SIMPLE) and not is_docstring(node):
            head_end = node.end_lineno
        elif isinstance(node, HEADS) and node.body:
            head_end = node.body[0].lineno - 1 if node.body[0].lineno > node.lineno else None
            if head_end is not None and any(p.lines[row].strip() for row in range(node.lineno, head_end)):
                head_end = None
            elif head_end is not None:
                head_end = node.lineno
        if head_end == node.lineno if head_end is not None else False:
            line = p.lines[node.lineno - 1]
            if not line[:node.col_offset].strip():
                lines.add(node.lineno - 1)
    return sorted(lines)


STRING_METHODS = {"split", "strip", "upper", "lower", "replace", "startswith", "endswith", "join", "isdigit", "isalpha",
                  "title", "encode", "swapcase", "capitalize", "find", "rfind", "lstrip", "rstrip", "islower", "isupper"}
LIST_METHODS = {"append", "sort", "pop", "extend", "insert", "reverse", "index", "remove"}
DICT_METHODS = {"items", "keys", "values", "get", "setdefault"}


def parameter_type(function, argument):
    if argument.annotation is not None:
        return ast.unparse(argument.annotation)
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == argument.arg:
            for methods, name in ((STRING_METHODS, "str"), (DICT_METHODS, "dict"), (LIST_METHODS, "list")):
                if node.attr in methods:
                    return name
    for node in ast.walk(function):
        uses = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.Name) and n.id == argument.arg]
        if not uses:
            continue
        if isinstance(node, (ast.For, ast.comprehension)) and node.iter in uses:
            return "list"
        if isinstance(node, ast.Subscript) and node.value in uses:
            return "list"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "sum", "sorted", "max", "min"):
            return "list"
        if isinstance(node, (ast.BinOp, ast.Compare, ast.AugAssign, ast.UnaryOp)):
            return "int"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("range", "abs"):
            return "int"
    return None


def functions(p):
    found = []
    for node in p.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            arguments = node.args.posonlyargs + node.args.args
            required = len(arguments) - len(node.args.defaults)
            found.append([node.name, [[a.arg, parameter_type(node, a), i >= required] for i, a in enumerate(arguments)]])
    return found


def calls(p, names):
    found = []
    for node in p.nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.lineno == node.end_lineno:
            try:
                for value in node.args + [k.value for k in node.keywords]:
                    ast.literal_eval(value)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                continue
            text = p.text(node)
            if text not in found and len(text) <= 400 and len(found) < 32:
                found.append(text)
    return found


def acts(p):
    """Whether the program does something by itself, and not only define."""
    idle = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    return any(not isinstance(node, idle) and not is_docstring(node) for node in p.tree.body)


def thinned(sites, limit=64):
    """At most so many sites of a kind, from all over the program."""
    by_kind = {}
    for site in sites:
        by_kind.setdefault(site[0], []).append(site)
    return [site for kind in by_kind.values() for site in kind[::-(-len(kind) // limit)]]


def analyse(code):
    try:
        p = Program(code)
        changing(p)
        preserving(p)
        corrupting(p)
        heads = functions(p)
        literals = []
        for node in p.nodes():
            if isinstance(node, ast.Constant) and type(node.value) in (int, float, str) and node.lineno == node.end_lineno:
                text = p.text(node)
                if len(text) <= 80 and text not in literals and len(literals) < 64 and text[0] in "0123456789'\"":
                    literals.append(text)
        reads = any(isinstance(n, ast.Name) and n.id == "input" or isinstance(n, ast.Attribute) and n.attr == "stdin"
                    for n in p.all)
        return {"sites": thinned(p.sites), "maskable": maskable(p), "functions": heads, "calls": calls(p, {h[0] for h in heads}),
                "literals": literals, "reads_input": reads, "acts": acts(p)}
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError, IndexError, OverflowError) as error:
        return {"error": type(error).__name__}


for line in sys.stdin:
    print(json.dumps(analyse(json.loads(line)["code"]), separators=(",", ":")))
