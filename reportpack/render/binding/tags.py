"""Structure trees joined: a paper's tree is pruned to what stands on its pages, numbered on from the pack's, and hung below the pack's own.

Marks keep their numbers on their pages; what changes is the key by which each page, link and drawing finds its row in the parent tree."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from reportpack.render.binding.cleaning import forms_of

_DEEPEST = 200


class BrokenTagsError(Exception):
    """The paper's tags contradict themselves: it is bound as one that was not tagged."""


class PackTree:
    """The pack's structure tree, to which papers are added."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root: Any = pdf.Root.StructTreeRoot
        kids = self.root.K
        self.document: Any = kids[0] if isinstance(kids, Array) else kids
        self.rows = list(_flat(self.root.ParentTree, "/Nums"))
        self.names = list(_flat(self.root.get("/IDTree", Dictionary()), "/Names"))
        self.next = max([int(self.root.get("/ParentTreeNextKey", 0)), *(int(key) + 1 for key, _ in self.rows)])
        if not isinstance(self.document.K, Array):
            self.document.K = Array([self.document.K])

    def element(self, kind: str, parent: Any, **more: Any) -> Any:
        """A new element, the last of its parent's."""
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array(), **more))
        parent.K.append(made)
        return made

    def row(self, value: Any) -> int:
        """A new row of the parent tree; its key."""
        self.rows.append((self.next, value))
        self.next += 1
        return self.next - 1

    def graft(self, grown: "PaperTree", part: Any) -> None:
        """Hang the tree of a paper, whose pages are in the pack already, below `part`."""
        tree: Any = self.pdf.copy_foreign(grown.root)
        part.K = tree.K if isinstance(tree.K, Array) else Array([tree.K])
        for kid in part.K:
            kid.P = part
            if Name.Document == kid.S:
                kid.S = Name.Sect
        self.rows.extend(_flat(tree.ParentTree, "/Nums"))
        self.names.extend((name, self.pdf.copy_foreign(one)) for name, one in grown.names)
        for key in ("/RoleMap", "/ClassMap"):
            if key in tree:
                held = self.root.get(key, Dictionary())
                for name, value in tree[key].items():
                    held[name] = value
                self.root[key] = held
        if "/Namespaces" in tree:
            self.root.Namespaces = Array([*self.root.get("/Namespaces", []), *tree.Namespaces])

    def close(self) -> None:
        """Write the parent tree and the tree of identifiers."""
        rows = sorted(self.rows, key=lambda one: int(one[0]))  # readers search it by halves
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array([one for pair in rows for one in pair])))
        self.root.ParentTreeNextKey = self.next
        if self.names:
            pairs = sorted(self.names, key=lambda one: bytes(one[0]))
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array([one for pair in pairs for one in pair])))


class PaperTree:
    """A paper's own tree, made ready in the paper: `first` is the first key that is free in the pack, `letter` sets its names apart.

    It is walked, and what stands on none of the pages goes, where something may be left of other pages (it is not `whole`, or has rows for
    what is not there), and where names have to be set apart."""

    def __init__(self, pdf: Pdf, first: int, letter: str, pack: Any, *, whole: bool) -> None:
        self.root: Any = pdf.Root.StructTreeRoot
        if not all(isinstance(one, Dictionary) and "/S" in one for one in _kids(self.root)) or not _kids(self.root):
            raise BrokenTagsError
        self.letter = letter
        self.names: list[tuple[String, Any]] = []
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.reached: set[tuple[int, int]] = set()
        self.named = "/IDTree" in self.root
        self.renamed = {key: _clashes(self.root, pack, key, letter) for key in ("/RoleMap", "/ClassMap")}
        self.rows = {int(key): value for key, value in _flat(self.root.get("/ParentTree", Dictionary()), "/Nums")}
        self.next = first
        self.numbered: set[tuple[tuple[int, int], str]] = set()
        self.kept: set[tuple[int, int]] = set()
        rows = [one for page in pdf.pages for one in self._number(page.obj)]
        if not whole or len(rows) < len(self.rows) or self.named or any(self.renamed.values()):
            rows = self._pruned(rows)
        self.root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([one for pair in rows for one in pair])))
        for key in ("/IDTree", "/PronunciationLexicon", "/AF"):
            if key in self.root:
                del self.root[key]

    def _number(self, page: Any) -> Iterator[tuple[int, Any]]:
        holders = [page, *page.get("/Annots", []), *forms_of(page)]
        for one in holders[1:]:
            self.reached.add(one.objgen)
        for one in holders:
            for key in ("/StructParents", "/StructParent"):
                if key not in one or (one is not page and (one.objgen, key) in self.numbered):
                    continue
                self.numbered.add((one.objgen, key))
                row = self.rows.get(int(one[key]))
                if row is None:
                    if one is page:
                        raise BrokenTagsError
                    del one[key]
                    continue
                yield self.next, row
                one[key] = self.next
                self.next += 1

    def _pruned(self, rows: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
        self.root.K = Array([one for one in _kids(self.root) if self._keep(one, self.root, None, 0)])
        if not len(self.root.K):
            raise BrokenTagsError
        return [(key, self._row(row)) for key, row in rows]

    def _row(self, row: Any) -> Any:
        if not isinstance(row, Array):
            return row if row.objgen in self.kept else None
        known = [one if isinstance(one, Dictionary) and one.objgen in self.kept else None for one in row]
        return Array(known) if None in known else row

    def _keep(self, element: Any, parent: Any, page: Any, depth: int) -> bool:
        if depth > _DEEPEST or not isinstance(element, Dictionary) or "/S" not in element:
            raise BrokenTagsError
        self.kept.add(element.objgen)
        if "/P" not in element or element.P.objgen != parent.objgen:
            element.P = parent
        own = element.get("/Pg")
        if own is not None:
            page = own.objgen in self.pages
            if not page:
                del element.Pg
        listed = _kids(element)
        left = [one for one in listed if self._keep_kid(one, element, page, depth)]
        if not left and (listed or page is False):
            self.kept.discard(element.objgen)
            return False
        if len(left) < len(listed):
            element.K = Array(left)
        self._rename(element)
        return True

    def _keep_kid(self, kid: Any, element: Any, page: Any, depth: int) -> bool:
        if not isinstance(kid, Dictionary):
            return bool(page)
        if "/S" in kid:
            return self._keep(kid, element, page, depth + 1)
        if "/Pg" in kid and kid.Pg.objgen not in self.pages:
            return False
        if "/Obj" in kid:
            return kid.Obj.objgen in self.reached
        return "/Pg" in kid or bool(page)

    def _rename(self, element: Any) -> None:
        roles, classes = self.renamed["/RoleMap"], self.renamed["/ClassMap"]
        if roles and str(element.S) in roles:
            element.S = Name(roles[str(element.S)])
        if classes and "/C" in element:
            every = element.C if isinstance(element.C, Array) else [element.C]
            element.C = Array([Name(classes.get(str(one), str(one))) if isinstance(one, Name) else one for one in every])
        for key in ("/Ref", "/AF"):
            if key in element:
                del element[key]
        if not self.named:
            return
        if "/ID" in element:
            element.ID = self._named(element.ID)
            self.names.append((element.ID, element))
        held = element.get("/A")
        for one in held if isinstance(held, Array) else [] if held is None else [held]:
            if isinstance(one, Dictionary) and "/Headers" in one:
                one.Headers = Array([self._named(each) for each in one.Headers])

    def _named(self, name: Any) -> String:
        return String(self.letter.encode() + b"-" + bytes(name))


def _clashes(root: Any, pack: Any, key: str, letter: str) -> dict[str, str]:
    mine, theirs = root.get(key), pack.get(key)
    if mine is None or theirs is None:
        return {}
    clash = [one for one in mine.keys() if one in theirs and (key == "/ClassMap" or str(mine[one]) != str(theirs[one]))]  # noqa: SIM118 - no dict
    for one in clash:
        mine[f"{one}-{letter}"] = mine[one]
        del mine[one]
    return {one: f"{one}-{letter}" for one in clash}


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _flat(tree: Any, leaves: str) -> Iterator[tuple[Any, Any]]:
    todo, steps = [tree], 0
    while todo:
        node, steps = todo.pop(), steps + 1
        held = list(node.get(leaves, [])) if isinstance(node, Dictionary) and steps < 1_000_000 else []
        yield from zip(held[::2], held[1::2], strict=False)
        todo.extend(reversed(list(node.get("/Kids", [])) if isinstance(node, Dictionary) else []))
