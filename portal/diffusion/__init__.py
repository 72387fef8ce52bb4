"""The store of published copies: what an anonymous reader reads without database, session or template."""
