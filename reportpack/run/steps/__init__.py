"""Steps that several verbs share: which meeting, what stands, what was released, and recording. They know of no verb."""
