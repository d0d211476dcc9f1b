BEGIN TRANSACTION;
CREATE TABLE build_figures (
	build INTEGER NOT NULL, 
	figures BLOB NOT NULL, 
	PRIMARY KEY (build), 
	FOREIGN KEY(build) REFERENCES event (number)
);
INSERT INTO "build_figures" VALUES(2,X'1CC2C388A2E69AB85C50B220B192B8D5');
INSERT INTO "build_figures" VALUES(3,X'1CC2C388A2E69AB846320667F7F7BACB1CC2C388A2E69AB8');
CREATE TABLE event (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(40) NOT NULL, 
	subject TEXT NOT NULL, 
	recorded VARCHAR(40) NOT NULL, 
	who TEXT NOT NULL, 
	body TEXT NOT NULL
);
INSERT INTO "event" VALUES(1,'workbook seen','abababababababababababababababababababababababababababababababab','2019-05-21T12:00:00.000000+00:00','officer','{"as_at":"2019-05-13","file":"a.xlsx","sha256":"abababababababababababababababababababababababababababababababab"}');
INSERT INTO "event" VALUES(2,'build','2019-05-28-assurance/briefing-pack/office','2019-05-21T12:00:00.000000+00:00','officer','{"document":"briefing-pack","edition":"office","files":[["page source","briefing-pack.xhtml","abababababababababababababababababababababababababababababababab",null],["input","a.xlsx","abababababababababababababababababababababababababababababababab","2019-05-13"]],"meeting":"2019-05-28-assurance","on":"2019-05-21","program":"0.1.0"}');
INSERT INTO "event" VALUES(3,'build','2019-05-28-assurance/briefing-pack/office','2019-05-21T12:00:00.000000+00:00','officer','{"document":"briefing-pack","edition":"office","files":[["page source","briefing-pack.xhtml","abababababababababababababababababababababababababababababababab",null],["input","a.xlsx","abababababababababababababababababababababababababababababababab","2019-05-13"]],"meeting":"2019-05-28-assurance","on":"2019-05-21","program":"0.1.0"}');
INSERT INTO "event" VALUES(4,'undone','2','2019-05-21T12:00:00.000000+00:00','officer','{"event":2,"why":"twice"}');
CREATE TABLE figure (
	id INTEGER NOT NULL, 
	first_build INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	area TEXT NOT NULL, 
	period TEXT NOT NULL, 
	value FLOAT, 
	status TEXT NOT NULL, 
	numerator FLOAT, 
	denominator FLOAT, 
	marks TEXT NOT NULL, 
	raw TEXT NOT NULL, 
	source INTEGER NOT NULL, 
	cell TEXT NOT NULL, 
	numerator_source INTEGER, 
	numerator_cell TEXT, 
	denominator_source INTEGER, 
	denominator_cell TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(first_build) REFERENCES event (number), 
	FOREIGN KEY(source) REFERENCES source (id), 
	FOREIGN KEY(numerator_source) REFERENCES source (id), 
	FOREIGN KEY(denominator_source) REFERENCES source (id)
);
INSERT INTO "figure" VALUES(2072433770159839928,2,'satisfaction','west','2019-04/P1M',79.25,'number',317.0,400.0,'["[p]"]','79.25%',915261023815175347,'C12',691284692555547148,'D4',691284692555547148,'D4');
INSERT INTO "figure" VALUES(5058112375102094027,3,'satisfaction','west','2019-04/P1M',80.0,'number',317.0,400.0,'["[p]"]','79.25%',915261023815175347,'C14',691284692555547148,'D4',691284692555547148,'D4');
INSERT INTO "figure" VALUES(6652012503114102997,2,'satisfaction','west','2019-04/P1M',NULL,'suppressed',317.0,400.0,'["[p]"]','79.25%',915261023815175347,'C13',691284692555547148,'D4',691284692555547148,'D4');
CREATE TABLE ledger_schema (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "ledger_schema" VALUES(1);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	sheet TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	as_at DATE, 
	PRIMARY KEY (id)
);
INSERT INTO "source" VALUES(691284692555547148,'performance/survey.xlsx','Counts','abababababababababababababababababababababababababababababababab',NULL);
INSERT INTO "source" VALUES(915261023815175347,'performance/survey.xlsx','Monthly','abababababababababababababababababababababababababababababababab','2019-05-13');
CREATE INDEX event_by_subject ON event (kind, subject, number);
CREATE INDEX ix_figure_first_build ON figure (first_build);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',4);
PRAGMA application_id = 1380991307;
COMMIT;
