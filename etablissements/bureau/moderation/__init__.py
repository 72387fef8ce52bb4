"""The director's approval: one circuit for the country, whose approvers are found in the assignments."""
