"""Ground floor: text normalisation, reports, page base class, system checks. It knows no school."""
