"""Names of generated people, schools and cities."""

KINDS = ("Colégio", "Escola", "Instituto", "Centro Educacional", "Liceu")
SAINTS = (
    *("Santa Clara", "São Bento", "Monteiro Lobato", "Cecília Meireles", "Novo Horizonte", "Dom Pedro", "Girassol"),
    *("Machado de Assis", "Primavera", "Anchieta", "Ipê Amarelo", "Paulo Freire", "Sagrada Família", "Marista"),
    *("Carlos Drummond", "Rui Barbosa", "Clarice Lispector", "Alvorada", "Bom Jesus", "Tiradentes"),
)
CITIES = (
    *("Campinas", "Sorocaba", "Londrina", "Joinville", "Uberlândia", "Niterói", "Petrolina", "Caruaru", "Pelotas"),
    *("Anápolis", "Feira de Santana", "Juiz de Fora", "Maringá", "Blumenau", "Mossoró", "Imperatriz", "Santarém"),
)
FIRST_NAMES = (
    *("Adriana", "Alice", "André", "Antônio", "Beatriz", "Bruno", "Camila", "Carlos", "Clara", "Daniel", "Débora"),
    *("Eduardo", "Elisa", "Fábio", "Fernanda", "Gabriel", "Helena", "Igor", "Isabel", "João", "Joana", "Júlia"),
    *("Larissa", "Leonardo", "Lúcia", "Luís", "Marcos", "Mariana", "Mateus", "Natália", "Otávio", "Patrícia"),
    *("Paulo", "Rafael", "Renata", "Ricardo", "Sílvia", "Sônia", "Tiago", "Vera", "Vítor", "Yara"),
)
LAST_NAMES = (
    *("Almeida", "Andrade", "Araújo", "Barbosa", "Barros", "Batista", "Borges", "Cardoso", "Carvalho", "Correia"),
    *("Costa", "Duarte", "Farias", "Fernandes", "Ferreira", "Figueiredo", "Freitas", "Gomes", "Gonçalves", "Lopes"),
    *("Macedo", "Machado", "Martins", "Melo", "Mendes", "Miranda", "Monteiro", "Moraes", "Moreira", "Nascimento"),
    *("Oliveira", "Pereira", "Ramos", "Ribeiro", "Rocha", "Santana", "Silveira", "Souza", "Teixeira", "Vieira"),
)
