"""Words by which an action is known: the verbs that ask for a deed."""

from reportpack import patterns as re

IMPERATIVE = re.compile(
    r"(?:to )?(?:add|advise|agree|allocate|amend|announce|arrange|ask|assess|assign|book|bring|chase|check|circulate|clarify|collate|commission|compile|complete|confirm|consider|consult|contact|continue|convene|co-?ordinate|correct|correspond|create"
    r"|decide|define|deliver|determine|develop|discuss|disseminate|distribute|draft|email|encourage|engage|ensure|escalate|establish|evaluate|examine|explore|feed ?back|finalise|find|follow|form|forward|gather|get|give|identify|implement|include|incorporate|inform|initiate|investigate|invite|issue|keep|launch|let|liaise"
    r"|look|make|map|meet|monitor|nominate|notify|obtain|organise|pass|place|plan|post|prepare|prioritise|present|produce|progress|propose|provide|publish|pursue|put|raise|re-\w+|refine|recast|recirculate|reconsider|recruit|redraft|refer|refresh|reissue|remind|remove|replace|report|request|respond"
    r"|research|resolve|review|revisit|revise|schedule|seek|scope|scrutinise|secure|send|set|share|source|speak|strengthen|summarise|submit|suggest|take|track|update|upload|write|work|undertake|close)\b",
    re.IGNORECASE,
)
