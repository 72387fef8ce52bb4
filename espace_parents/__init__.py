"""The guardians' space: views, forms and templates; it holds no school data."""
