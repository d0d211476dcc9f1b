"""Words by which an action is known: the verbs that ask for a deed."""

import re

IMPERATIVE = re.compile(
    r"(?:to )?(?:add|advise|agree|amend|arrange|ask|assess|book|bring|check|circulate|clarify|collate|compile|complete|confirm|consider|contact|continue|convene|create"
    r"|develop|discuss|distribute|draft|email|engage|ensure|examine|explore|feed ?back|finalise|find|follow|form|forward|identify|include|inform|investigate|invite|issue|liaise"
    r"|look|make|map|meet|monitor|obtain|organise|pass|plan|prepare|present|produce|progress|propose|provide|publish|pursue|put|raise|re-\w+|refine|refresh|remind|report"
    r"|research|resolve|review|revisit|revise|schedule|seek|send|set|share|speak|submit|suggest|take|track|update|upload|write|work|undertake|close)\b",
    re.IGNORECASE,
)
